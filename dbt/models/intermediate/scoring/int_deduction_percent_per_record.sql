select
    rule.unit_no,
    rule.year,
    rule.rule_id,
    rule.rule_no,
    'record' as evidence_kind,
    counting.record_id as evidence_id,
    counting.matter,
    counting.occurred_on,
    counting.weight as quantity,
    {{ points('cast(rule.percent as decimal(20, 8)) * rule.scoring_base * counting.weight * 0.01') }} as points_raw
from {{ ref('int_scoring_rule') }} as rule
inner join {{ source('policy', 'rule_kind') }} as rule_kind
    on rule.policy_id = rule_kind.policy_id and rule.rule_id = rule_kind.rule_id
inner join {{ ref('int_record_counting') }} as counting
    on
        rule.unit_no = counting.answerable_no
        and rule.year = counting.year
        and rule_kind.kind = counting.kind
where rule.type = 'percent_per_record'
