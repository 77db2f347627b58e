select
    proposal_no,
    kind,
    uscc,
    answerable_uscc,
    region_code,
    received_on,
    due_on,
    replied_on,
    satisfaction,
    state
from {{ ref('int_proposal') }}
