{{ config(materialized='table') }}

{{ feed_current(
    'transfers',
    columns=[
        'ticket_no', 'to_name', 'to_name_norm', 'transferred_on', 'received_back_on'
    ],
    about_unit=false
) }}
