select
    event_no,
    uscc,
    answerable_uscc,
    region_code,
    level,
    found_on,
    handled_on,
    days,
    is_open
from {{ ref('int_opinion') }}
