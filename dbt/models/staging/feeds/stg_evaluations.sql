{{ config(materialized='table') }}

{{ feed_current(
    'evaluations',
    columns=[
        'evaluation_no', 'region_code', 'evaluator', 'year', 'breadth', 'perception', 'score', 'warnings'
    ]
) }}
