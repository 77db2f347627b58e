{{ config(materialized='table') }}

{{ feed_current(
    'rectifications',
    columns=[
        'rectification_no', 'source_kind', 'source_key', 'measure', 'ordered_on', 'due_on',
        'completed_on', 'verified_on'
    ]
) }}
