select
    rule.unit_no,
    rule.year,
    rule.rule_id,
    rule.rule_no,
    'inventory' as evidence_kind,
    missing.quarter as evidence_id,
    cast(null as varchar(1)) as matter,
    rule.month_end as occurred_on,
    1 as quantity,
    {{ points('rule.points') }} as points_raw
from {{ ref('int_scoring_rule') }} as rule
inner join {{ ref('int_inventory_missing') }} as missing
    on rule.unit_no = missing.unit_no and rule.month_no = missing.month_no
where
    rule.type = 'missing_inventory'
    and year(missing.due_on) = rule.year
