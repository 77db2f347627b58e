-- Each lost point leads back to a file, a sheet and a row.
select
    deduction.uscc,
    deduction.year,
    deduction.rule_id,
    deduction.evidence_id
from {{ ref('annual_deduction') }} as deduction
left join (
    select distinct
        uscc,
        year,
        rule_id,
        evidence_kind,
        evidence_id
    from {{ ref('evidence') }}
) as evidence
    on
        deduction.uscc = evidence.uscc
        and deduction.year = evidence.year
        and deduction.rule_id = evidence.rule_id
        and deduction.evidence_kind = evidence.evidence_kind
        and deduction.evidence_id = evidence.evidence_id
where evidence.uscc is null
