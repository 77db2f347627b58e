{{ config(materialized='view') }}

-- A view, since most rows are things that missed a target: what is told of their deduction stands there once. Named
-- without the database, whose name is another where it is published.
select
    deduction.uscc,
    deduction.year,
    deduction.rule_id,
    deduction.evidence_kind,
    deduction.evidence_id,
    evidence.feed,
    evidence.key,
    evidence.received_on,
    evidence.file,
    evidence.sheet,
    evidence.row_no
from {{ ref('annual_deduction').include(database=false) }} as deduction
inner join {{ ref('evidence_row').include(database=false) }} as evidence
    on deduction.deduction_no = evidence.deduction_no
