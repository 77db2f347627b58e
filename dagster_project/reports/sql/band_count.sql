-- One row for each place and band of the policies by which its units were assessed, the best band first: how many of its
-- units have it, which may be none. A band without a bound is one that the policy knows no more.
with bound as (
    select policy_id, substr(key, 15) as band, cast(value as decimal(12, 4)) as lowest
    from policy_parameter
    where starts_with(key, 'scoring.bands.')
),

assessed as (
    select place.region_code, unit.uscc, unit.policy_id, unit.band
    from scored_unit as unit
    inner join place on starts_with(unit.region_code, place.prefix)
),

listed as (
    select assessed.region_code, bound.band, max(bound.lowest) as lowest
    from assessed
    inner join bound on assessed.policy_id = bound.policy_id
    group by assessed.region_code, bound.band
)

select
    coalesce(listed.region_code, counted.region_code) as region_code,
    coalesce(listed.band, counted.band) as band,
    coalesce(counted.units, 0) as units,
    listed.lowest
from listed
full outer join (
    select region_code, band, count(*) as units
    from assessed
    where band is not null
    group by region_code, band
) as counted on listed.region_code = counted.region_code and listed.band = counted.band
order by 1, listed.lowest desc nulls last, 2
