select
    rule.unit_no,
    rule.year,
    rule.rule_id,
    rule.rule_no,
    'letter' as evidence_kind,
    rule.uscc || ':' || cast(rule.year as varchar(4)) as evidence_id,
    cast(null as varchar(1)) as matter,
    rule.month_end as occurred_on,
    1 as quantity,
    {{ points('rule.points') }} as points_raw
from {{ ref('int_scoring_rule') }} as rule
inner join {{ ref('int_assessed_unit') }} as unit
    on rule.unit_no = unit.unit_no and rule.year = unit.year
inner join {{ ref('int_due_date_asked') }} as asked
    on unit.unit_no = asked.unit_no and unit.month_no = asked.month_no
where
    rule.type = 'unpublished_letter'
    and unit.has_letter
    and not unit.is_published
    and unit.month_end > asked.publicity_due_on
