-- One row for each place and figure for which its policy's scoring sets a target: the highest one that it sets, and how
-- much is missing, in percentage points of exact values.
with target as (
    select
        policy_id,
        regexp_extract(value, ' metric=(\S+)', 1) as metric,
        max(cast(regexp_extract(value, ' target=(\S+)', 1) as decimal(18, 15))) as target
    from policy_parameter
    where starts_with(key, 'scoring.rules.') and starts_with(value, 'shortfall ')
    group by policy_id, metric
),

shown as (
    select region.region_code, region.policy_id, one.metric, one.rate
    from region_period as region
    inner join asked on region.starts_on = asked.starts_on
    cross join lateral (
        values
        ('fulfilment_ratio', region.fulfilment_ratio),
        ('on_time_ratio', region.on_time_ratio),
        ('acceptance_rate', region.acceptance_rate),
        ('resolution_rate', region.resolution_rate),
        ('satisfaction_rate', region.satisfaction_rate)
    ) as one (metric, rate)
    where region.reach = 'all'
)

select
    place.region_code,
    shown.metric,
    cast(target.target as double) as target,
    100 * (target.target - cast(shown.rate as decimal(18, 15))) as gap
from place
inner join shown on place.region_code = shown.region_code
inner join target on shown.policy_id = target.policy_id and shown.metric = target.metric
where shown.rate is not null
order by place.region_code, shown.metric
