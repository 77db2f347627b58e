{{ config(materialized='table') }}

-- rules.md, `missing_inventory`: quarters whose inventory was asked of a unit and not submitted by D, at the end of each
-- year, under the policy that holds for the unit then.
with asked as (
    select
        scope.unit_no,
        unit.uscc,
        unit.region_code,
        unit.established_on,
        scope.month_no,
        scope.month_end,
        scope.year,
        quarter.quarter,
        date_add(quarter.quarter_end, cast(policy.inventory_days as int)) as due_on,
        policy.inventory_days,
        policy.grace_days
    from {{ ref('int_unit_scope') }} as scope
    inner join {{ ref('int_assessment') }} as assessment on scope.month_no = assessment.month_no
    inner join {{ source('policy', 'policy') }} as policy
        on scope.policy_id = policy.policy_id and policy.quarterly_inventory
    inner join {{ ref('int_unit') }} as unit on scope.unit_no = unit.unit_no
    inner join {{ ref('int_quarter') }} as quarter
        on date_add(quarter.quarter_end, cast(policy.inventory_days as int)) <= scope.month_end
    where scope.in_scope
)

select
    asked.unit_no,
    asked.uscc,
    asked.month_no,
    asked.quarter,
    asked.due_on
from asked
inner join {{ ref('int_region_policy') }} as region_policy
    on
        asked.region_code = region_policy.region_code
        and asked.due_on >= region_policy.valid_from
        and asked.due_on < region_policy.valid_to
inner join {{ source('policy', 'policy') }} as policy
    on
        region_policy.policy_id = policy.policy_id
        and policy.quarterly_inventory
        and asked.inventory_days = policy.inventory_days
left join {{ ref('stg_inventories') }} as inventory
    on
        asked.unit_no = inventory.unit_no
        and asked.quarter = inventory.quarter
        and asked.month_end >= inventory.submitted_on
where
    inventory.quarter is null
    and coalesce(date_add(asked.established_on, cast(asked.grace_days as int)) <= asked.due_on, true)
