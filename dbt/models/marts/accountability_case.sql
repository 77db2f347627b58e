select
    record_no,
    uscc,
    answerable_uscc,
    region_code,
    kind,
    subject,
    field,
    decided_on,
    stage,
    steps_out_of_order,
    is_decided_without_hearing,
    is_revoked
from {{ ref('int_accountability_case') }}
