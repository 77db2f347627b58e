{{ config(materialized='view') }}

select
    unit.uscc,
    evidence.year,
    evidence.rule_id,
    evidence.evidence_kind,
    evidence.evidence_id,
    evidence.feed,
    evidence.key,
    source_row.received_on,
    source_row.file,
    source_row.sheet,
    source_row.row_no
from {{ ref('int_evidence') }} as evidence
inner join {{ ref('int_unit') }} as unit on evidence.unit_no = unit.unit_no
inner join {{ ref('stg_source_row') }} as source_row
    on evidence.feed = source_row.feed and evidence.position = source_row.position
