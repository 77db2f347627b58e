{{ config(materialized='view') }}

select
    evidence.deduction_no,
    evidence.feed,
    evidence.key,
    source_row.received_on,
    source_row.file,
    source_row.sheet,
    source_row.row_no
from {{ ref('int_evidence') }} as evidence
inner join {{ ref('stg_source_row') }} as source_row
    on evidence.feed = source_row.feed and evidence.position = source_row.position
