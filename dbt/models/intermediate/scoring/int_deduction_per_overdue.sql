select
    rule.unit_no,
    rule.year,
    rule.rule_id,
    rule.rule_no,
    overdue.item as evidence_kind,
    overdue.evidence_id,
    overdue.matter,
    overdue.occurred_on,
    1 as quantity,
    {{ points('rule.points') }} as points_raw
from {{ ref('int_scoring_rule') }} as rule
inner join {{ ref('int_overdue_item') }} as overdue
    on
        rule.unit_no = overdue.answerable_no
        and rule.month_no = overdue.month_no
        and rule.item = overdue.item
where
    rule.type = 'per_overdue'
    -- A commitment that fell due before last year has been deducted for.
    and (overdue.item <> 'commitment' or year(overdue.occurred_on) >= rule.year - 1)
