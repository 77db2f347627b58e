-- Each lost point leads back to a file, a sheet and a row; but for a target that nothing can reach: then the policy alone
-- took the point.
select
    deduction.uscc,
    deduction.year,
    deduction.rule_id,
    deduction.evidence_id
from {{ ref('annual_deduction') }} as deduction
left join (select distinct deduction_no from {{ ref('evidence_row') }}) as evidence
    on deduction.deduction_no = evidence.deduction_no
left join {{ ref('int_scoring_rule') }} as rule
    on
        deduction.uscc = rule.uscc
        and deduction.year = rule.year
        and deduction.rule_id = rule.rule_id
where
    evidence.deduction_no is null
    and not (deduction.evidence_kind = 'metric' and coalesce(rule.target, 0) > 1)
