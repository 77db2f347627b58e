-- One row for each rule of a policy by which a unit was assessed: its parameters, and where its numbers come from.
select
    rule.policy_id,
    coalesce(nullif(titled.value, ''), rule.policy_id) as policy_name,
    substr(rule.key, 15) as rule_id,
    split_part(rule.value, ' ', 1) as type,
    nullif(regexp_extract(rule.value, ' kinds=(\S+)', 1), '') as kinds,
    nullif(regexp_extract(rule.value, ' metric=(\S+)', 1), '') as metric,
    nullif(regexp_extract(rule.value, ' target=(\S+)', 1), '') as target,
    nullif(regexp_extract(rule.value, ' item=(\S+)', 1), '') as item,
    nullif(regexp_extract(rule.value, ' points=(\S+)', 1), '') as points,
    nullif(regexp_extract(rule.value, ' percent=(\S+)', 1), '') as percent,
    nullif(regexp_extract(rule.value, ' cap=(\S+)', 1), '') as cap,
    rule.set_by
from policy_parameter as rule
left join policy_parameter as titled on rule.policy_id = titled.policy_id and titled.key = 'name'
where starts_with(rule.key, 'scoring.rules.') and rule.policy_id in (select policy_id from scored_unit)
order by
    rule.policy_id,
    case split_part(rule.value, ' ', 1)
        when 'percent_per_record' then 1 when 'per_record' then 2 when 'missing_letter' then 3
        when 'incomplete_letter' then 4 when 'unpublished_letter' then 5 when 'missing_inventory' then 6
        when 'shortfall' then 7 else 8
    end,
    rule_id
