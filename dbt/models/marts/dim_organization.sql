select
    unit.uscc,
    unit.name,
    unit.region_code,
    unit.level,
    unit.org_type,
    case when coalesce(parent.is_classified, false) then null else unit.parent_uscc end as parent_uscc,
    unit.established_on,
    unit.abolished_on,
    case when coalesce(successor.is_classified, false) then null else unit.successor_uscc end as successor_uscc,
    answering.answerable_uscc,
    now.policy_id,
    now.in_scope
from {{ ref('int_unit') }} as unit
inner join {{ ref('int_unit_month') }} as now
    on unit.unit_no = now.unit_no and now.month_no = {{ month_no(as_of()) }}
left join {{ ref('int_unit') }} as parent on unit.parent_uscc = parent.uscc
left join {{ ref('int_unit') }} as successor on unit.successor_uscc = successor.uscc
inner join {{ ref('int_answerable_now') }} as answering on unit.unit_no = answering.unit_no
