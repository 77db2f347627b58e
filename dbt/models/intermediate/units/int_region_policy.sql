{{ config(materialized='table') }}

-- rules.md, "Units": the policy in force with the longest prefix; of two with the same, the one that began later.
with region as (
    select distinct region_code
    from {{ ref('int_unit') }}
    union
    select distinct left(region_code, 4) || '00' as region_code
    from {{ ref('int_unit') }}
    union
    select distinct left(region_code, 2) || '0000' as region_code
    from {{ ref('int_unit') }}
),

candidate as (
    select
        region.region_code,
        policy.policy_id,
        policy.region_prefix,
        policy.effective_from as valid_from,
        date_add(policy.effective_to, 1) as valid_to
    from region
    inner join {{ source('policy', 'policy') }} as policy
        on left(region.region_code, length(policy.region_prefix)) = policy.region_prefix
),

boundary as (
    select
        region_code,
        valid_from as day
    from candidate
    union
    select
        region_code,
        valid_to as day
    from candidate
    where valid_to is not null
),

segment as (
    select
        region_code,
        day as valid_from,
        coalesce(
            lead(day) over (partition by region_code order by day),
            cast('9999-12-31' as date)
        ) as valid_to
    from boundary
),

ranked as (
    select
        segment.region_code,
        segment.valid_from,
        segment.valid_to,
        candidate.policy_id,
        row_number() over (
            partition by segment.region_code, segment.valid_from
            order by length(candidate.region_prefix) desc, candidate.valid_from desc
        ) as choice
    from segment
    inner join candidate
        on
            segment.region_code = candidate.region_code
            and segment.valid_from >= candidate.valid_from
            and (candidate.valid_to is null or segment.valid_from < candidate.valid_to)
)

select
    region_code,
    valid_from,
    valid_to,
    policy_id
from ranked
where choice = 1
