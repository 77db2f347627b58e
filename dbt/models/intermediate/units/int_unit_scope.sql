{{ config(materialized='table') }}

select
    unit.unit_no,
    month.month_no,
    month.month_end,
    month.year,
    unit.region_code,
    unit.org_type,
    unit.established_on,
    region_policy.policy_id,
    policy.grace_days,
    coalesce(unit.established_on <= month.month_end, true)
    and coalesce(unit.abolished_on > month.month_end, true) as is_existing,
    coalesce(unit.established_on <= month.month_end, true)
    and coalesce(unit.abolished_on > month.month_end, true)
    and coalesce(date_add(unit.established_on, cast(policy.grace_days as int)) <= month.month_end, true)
    and scope.org_type is not null as in_scope
from {{ ref('int_unit') }} as unit
cross join {{ ref('int_month') }} as month
left join {{ ref('int_region_policy') }} as region_policy
    on
        unit.region_code = region_policy.region_code
        and month.month_end >= region_policy.valid_from
        and month.month_end < region_policy.valid_to
left join {{ source('policy', 'policy') }} as policy on region_policy.policy_id = policy.policy_id
left join {{ source('policy', 'scope') }} as scope
    on region_policy.policy_id = scope.policy_id and unit.org_type = scope.org_type
where not unit.is_classified
