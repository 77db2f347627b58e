-- One row for each rule of a policy by which a unit was assessed: its parameters, and where its numbers come from.
select
    policy_id,
    substr(key, 15) as rule_id,
    split_part(value, ' ', 1) as type,
    nullif(regexp_extract(value, ' kinds=(\S+)', 1), '') as kinds,
    nullif(regexp_extract(value, ' metric=(\S+)', 1), '') as metric,
    nullif(regexp_extract(value, ' target=(\S+)', 1), '') as target,
    nullif(regexp_extract(value, ' item=(\S+)', 1), '') as item,
    nullif(regexp_extract(value, ' points=(\S+)', 1), '') as points,
    nullif(regexp_extract(value, ' percent=(\S+)', 1), '') as percent,
    nullif(regexp_extract(value, ' cap=(\S+)', 1), '') as cap,
    set_by
from policy_parameter
where starts_with(key, 'scoring.rules.') and policy_id in (select policy_id from scored_unit)
order by
    policy_id,
    case split_part(value, ' ', 1)
        when 'percent_per_record' then 1 when 'per_record' then 2 when 'missing_letter' then 3
        when 'incomplete_letter' then 4 when 'unpublished_letter' then 5 when 'missing_inventory' then 6
        when 'shortfall' then 7 else 8
    end,
    rule_id
