select
    uscc,
    year,
    rule_id,
    evidence_kind,
    evidence_id,
    feed,
    key,
    received_on,
    file,
    sheet,
    row_no
from {{ ref('int_evidence_row') }}
