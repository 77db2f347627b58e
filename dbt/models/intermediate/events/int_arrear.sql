{{ config(materialized='table') }}

select
    arrear_no,
    unit_no,
    creditor,
    amount_yuan,
    due_on,
    coalesce(paid_yuan, 0) as paid_yuan,
    cleared_on,
    coalesce(cleared_on > {{ as_of() }}, true) and coalesce(paid_yuan, 0) < amount_yuan as is_open,
    position
from {{ ref('stg_arrears') }}
where unit_no is not null
