select
    ticket_no,
    transfer_no,
    to_name,
    to_uscc,
    uscc,
    answerable_uscc,
    region_code,
    transferred_on,
    held_until,
    days_held,
    workdays_held,
    is_without_end
from {{ ref('int_transfer') }}
