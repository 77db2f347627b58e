{{ config(materialized='table') }}

select
    delivery_id,
    feed,
    received_on,
    file,
    reporter,
    reporter_norm,
    sha256,
    status,
    reason,
    rows_read,
    rows_quarantined,
    rows_ignored,
    cast(row_number() over (order by received_on, file, feed) as bigint) as delivery_no
from {{ source('raw', 'delivery') }}
