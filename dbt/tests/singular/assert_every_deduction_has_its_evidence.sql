-- Each lost point leads back to a file, a sheet and a row; but for a target that nothing can reach: then the policy alone
-- took the point.
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
left join {{ ref('int_scoring_rule') }} as rule
    on
        deduction.uscc = rule.uscc
        and deduction.year = rule.year
        and deduction.rule_id = rule.rule_id
where
    evidence.uscc is null
    and not (deduction.evidence_kind = 'metric' and coalesce(rule.target, 0) > 1)
