{{ config(materialized='table') }}

{{ feed_current(
    'listing_notices',
    columns=[
        'case_no', 'court', 'notice_on', 'planned_list_on', 'withdrawn_on'
    ]
) }}
