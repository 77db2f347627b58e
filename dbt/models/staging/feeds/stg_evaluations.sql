{{ config(materialized='table') }}

{{ feed_current(
    'evaluations',
    columns=[
        'evaluation_no', 'region_code', 'evaluator', 'evaluator_norm', 'year', 'breadth', 'perception', 'score', 'warnings'
    ]
) }}
