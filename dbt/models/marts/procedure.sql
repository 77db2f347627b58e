select
    commitment_no,
    uscc,
    answerable_uscc,
    region_code,
    policy_id,
    made_on,
    steps_required,
    steps_done,
    steps_out_of_order,
    steps_after_the_promise,
    steps_missing,
    is_complete
from {{ ref('int_procedure') }}
