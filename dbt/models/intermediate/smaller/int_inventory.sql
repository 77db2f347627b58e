{{ config(materialized='view') }}

-- Notice of Ganzhou, 二(二): who was asked for the inventory of a quarter, under the policy of the day it fell due, and
-- who gave it. Where a later policy moves the day, a quarter may fall due under both: the later one asks.
with asked as (
    select
        unit.unit_no,
        unit.uscc,
        unit.region_code,
        unit.org_type,
        unit.established_on,
        unit.abolished_on,
        quarter.quarter,
        region_policy.policy_id,
        date_add(quarter.quarter_end, cast(policy.inventory_days as int)) as due_on,
        policy.grace_days,
        row_number() over (
            partition by unit.unit_no, quarter.quarter
            order by region_policy.valid_from desc
        ) as choice
    from {{ ref('int_unit') }} as unit
    inner join {{ ref('int_region_policy') }} as region_policy on unit.region_code = region_policy.region_code
    inner join {{ source('policy', 'policy') }} as policy
        on region_policy.policy_id = policy.policy_id and policy.quarterly_inventory
    inner join {{ ref('int_quarter') }} as quarter
        on
            date_add(quarter.quarter_end, cast(policy.inventory_days as int)) >= region_policy.valid_from
            and date_add(quarter.quarter_end, cast(policy.inventory_days as int)) < region_policy.valid_to
            and date_add(quarter.quarter_end, cast(policy.inventory_days as int)) >= {{ span_start() }}
            and quarter.quarter_end <= {{ as_of() }}
    where not unit.is_classified
)

select
    asked.uscc,
    asked.quarter,
    asked.region_code,
    asked.due_on,
    inventory.submitted_on,
    inventory.items,
    case
        when inventory.submitted_on <= asked.due_on then 'on_time'
        when inventory.submitted_on is not null then 'late'
        when asked.due_on <= {{ as_of() }} then 'missing'
        else 'pending'
    end as state
from asked
inner join {{ source('policy', 'scope') }} as scope
    on asked.policy_id = scope.policy_id and asked.org_type = scope.org_type
left join {{ ref('stg_inventories') }} as inventory
    on
        asked.unit_no = inventory.unit_no
        and asked.quarter = inventory.quarter
        and inventory.submitted_on <= {{ as_of() }}
where
    asked.choice = 1
    and coalesce(date_add(asked.established_on, cast(asked.grace_days as int)) <= asked.due_on, true)
    and coalesce(asked.abolished_on > asked.due_on, true)
