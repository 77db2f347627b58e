-- Of the last four quarters that are due under the unit's policy.
with due as (
    select
        policy.policy_id,
        quarter.quarter,
        row_number() over (partition by policy.policy_id order by quarter.quarter_end desc) as age
    from {{ source('policy', 'policy') }} as policy
    inner join {{ ref('int_quarter') }} as quarter
        on date_add(quarter.quarter_end, cast(policy.inventory_days as int)) <= {{ as_of() }}
)

select
    missing.unit_no,
    missing.uscc || ':' || missing.quarter as subject,
    missing.due_on,
    '季度梳理清单逾期未报送' as message
from {{ ref('int_inventory_missing') }} as missing
inner join {{ ref('int_unit_month') }} as scope
    on missing.unit_no = scope.unit_no and missing.month_no = scope.month_no
inner join due
    on scope.policy_id = due.policy_id and missing.quarter = due.quarter and due.age <= 4
where missing.month_no = {{ month_no(as_of()) }}
