{{ config(materialized='table') }}

-- rules.md, "Target at D": a region's own policy at D, and where its dated targets stand.
with region as (
    select
        region_policy.region_code,
        month.month_no,
        month.month_end,
        region_policy.policy_id,
        policy.letter_due is not null
        and month.month_end < {{ day_of_year('month.year', 'policy.letter_due') }} as is_round_open
    from {{ ref('int_region_policy') }} as region_policy
    inner join {{ ref('int_month') }} as month
        on
            region_policy.valid_from <= month.month_end
            and region_policy.valid_to > month.month_end
    inner join {{ source('policy', 'policy') }} as policy on region_policy.policy_id = policy.policy_id
),

dated as (
    select
        region.region_code,
        region.month_no,
        target.kind,
        target.rate,
        target.by_on <= region.month_end as is_reached,
        row_number() over (
            partition by region.region_code, region.month_no, target.kind, target.by_on <= region.month_end
            order by
                case when target.by_on <= region.month_end then target.by_on end desc,
                target.by_on,
                target.rate desc
        ) as nearness
    from region
    inner join {{ source('policy', 'target') }} as target on region.policy_id = target.policy_id
)

select
    region.region_code,
    region.month_no,
    region.policy_id,
    max(case when dated.kind = 'coverage' and dated.is_reached and not region.is_round_open then dated.rate end)
        as coverage_target,
    max(case when dated.kind = 'coverage' and not dated.is_reached then dated.rate end) as coverage_next_target,
    max(case when dated.kind = 'publicity' and dated.is_reached then dated.rate end) as publicity_target
from region
left join dated
    on
        region.region_code = dated.region_code
        and region.month_no = dated.month_no
        and dated.nearness = 1
group by region.region_code, region.month_no, region.policy_id
