{{ config(meta={'compression': {'key': 'zstd'}}) }}

select
    deduction_no,
    feed,
    key,
    received_on,
    file,
    sheet,
    row_no
from {{ ref('int_evidence_row') }}
