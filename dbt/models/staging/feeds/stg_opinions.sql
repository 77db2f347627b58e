{{ config(materialized='table') }}

{{ feed_current(
    'opinions',
    columns=[
        'event_no', 'found_on', 'handled_on', 'level'
    ]
) }}
