{{ config(materialized='table') }}

select
    unit.unit_no,
    unit.uscc,
    unit.year,
    unit.month_no,
    unit.month_end,
    unit.policy_id,
    unit.scoring_base,
    rule.rule_id,
    rule.rule_no,
    rule.type,
    rule.points,
    rule.percent,
    rule.metric,
    rule.target,
    rule.item,
    rule.cap
from {{ ref('int_assessed_unit') }} as unit
inner join {{ source('policy', 'rule') }} as rule on unit.policy_id = rule.policy_id
