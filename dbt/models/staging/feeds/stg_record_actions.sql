{{ config(materialized='table') }}

{{ feed_current(
    'record_actions',
    columns=[
        'action_no', 'record_kind', 'record_key', 'action', 'filed_on', 'decided_on', 'result'
    ]
) }}
