select
    uscc,
    quarter,
    region_code,
    due_on,
    submitted_on,
    items,
    state
from {{ ref('int_inventory') }}
