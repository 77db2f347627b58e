{{ config(materialized='table') }}

{{ feed_current(
    'honours',
    columns=[
        'honour_no', 'title', 'applied_on', 'awarded_on'
    ]
) }}
