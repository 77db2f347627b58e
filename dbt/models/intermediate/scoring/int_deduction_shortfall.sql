-- Exact from the counts. value = reached / due, so (target - value) / target = (due * target - reached) /
-- (due * target); target and points are whole numbers of eight decimals.
with short as (
    select
        rule.unit_no,
        rule.year,
        rule.rule_id,
        rule.rule_no,
        rule.metric,
        rule.month_end,
        {{ whole('metric.due') }} * {{ whole('cast(rule.target as decimal(28, 8)) * 100000000') }} as wanted_e8,
        {{ whole('metric.due') }} * {{ whole('cast(rule.target as decimal(28, 8)) * 100000000') }}
        - {{ whole('metric.reached') }} * {{ whole('100000000') }} as missing_e8,
        {{ whole('cast(rule.points as decimal(28, 8)) * 100000000') }} as points_e8
    from {{ ref('int_scoring_rule') }} as rule
    inner join {{ ref('int_unit_metric') }} as metric
        on
            rule.unit_no = metric.unit_no
            and rule.year = metric.year
            and rule.metric = metric.metric
    where
        rule.type = 'shortfall'
        and metric.due > 0
)

select
    unit_no,
    year,
    rule_id,
    rule_no,
    'metric' as evidence_kind,
    metric as evidence_id,
    cast(null as varchar(1)) as matter,
    month_end as occurred_on,
    {{ exact_ratio('missing_e8', 'wanted_e8', 6) }} as quantity,
    {{ exact_ratio('missing_e8 * points_e8', 'wanted_e8 * ' ~ whole('100000000'), 4) }} as points_raw
from short
where missing_e8 > 0
