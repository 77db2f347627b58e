{{ config(materialized='table') }}

select
    unit.unit_no,
    unit.uscc,
    unit.name,
    unit.name_norm,
    unit.region_code,
    unit.level,
    unit.org_type,
    unit.parent_uscc,
    unit.is_classified,
    unit.established_on,
    unit.abolished_on,
    unit.is_abolished,
    {{ month_by_as_of('unit.abolished_on') }} as abolished_month,
    unit.successor_uscc,
    successor.unit_no as successor_no
from {{ ref('stg_unit') }} as unit
left join {{ ref('stg_unit') }} as successor on unit.successor_uscc = successor.uscc
