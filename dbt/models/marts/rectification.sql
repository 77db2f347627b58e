select
    subject,
    source_feed,
    uscc,
    answerable_uscc,
    region_code,
    ordered_on,
    due_on,
    completed_on,
    verified_on,
    state
from {{ ref('int_rectification') }}
