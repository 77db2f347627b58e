{{ config(materialized='table') }}

{{ feed_current(
    'inventories',
    columns=[
        'quarter', 'submitted_on', 'items'
    ]
) }}
