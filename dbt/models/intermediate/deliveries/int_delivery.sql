{{ config(materialized='table') }}

select
    delivery.delivery_id,
    delivery.feed,
    delivery.received_on,
    delivery.file,
    delivery.sha256,
    delivery.status,
    delivery.reason,
    delivery.rows_read,
    coalesce(outcome.rows_loaded, 0) as rows_loaded,
    delivery.rows_quarantined,
    coalesce(outcome.rows_duplicate, 0) as rows_duplicate,
    delivery.rows_ignored,
    coalesce(outcome.rows_warned, 0) as rows_warned
from {{ ref('stg_delivery') }} as delivery
left join {{ ref('stg_delivery_counts') }} as outcome on delivery.delivery_id = outcome.delivery_id
