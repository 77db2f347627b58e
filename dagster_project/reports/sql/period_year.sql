-- The marts' years as periods. A region's policy is the one at the end of the year.
create temp table region_period as
select
    assessed.region_code,
    assessed.reach,
    make_date(cast(assessed.year as int), 1, 1) as starts_on,
    assessed.units,
    assessed.mean_score,
    policy.policy_id
from region_assessment as assessed
cross join asked
left join region_policy as policy
    on assessed.region_code = policy.region_code
    and policy.valid_from <= asked.through_on
    and coalesce(policy.valid_to > asked.through_on, true);
