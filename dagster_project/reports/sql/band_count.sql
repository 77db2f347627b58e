-- One row for each place and band of its units, the best band first: how many units have it.
with bound as (
    select policy_id, substr(key, 15) as band, cast(value as decimal(12, 4)) as lowest
    from policy_parameter
    where starts_with(key, 'scoring.bands.')
)

select
    place.region_code,
    unit.band,
    count(*) as units,
    max(bound.lowest) as lowest
from scored_unit as unit
inner join place on starts_with(unit.region_code, place.prefix)
left join bound on unit.policy_id = bound.policy_id and unit.band = bound.band
where unit.band is not null
group by place.region_code, unit.band
order by place.region_code, lowest desc, unit.band
