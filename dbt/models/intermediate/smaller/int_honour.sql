{{ config(materialized='view') }}

select
    honour.honour_no,
    unit.uscc,
    unit.answerable_uscc,
    unit.answerable_region_code as region_code,
    unit.region_code as region_code_of_unit,
    honour.title,
    honour.applied_on,
    case when honour.awarded_on <= {{ as_of() }} then honour.awarded_on end as awarded_on
from {{ ref('stg_honours') }} as honour
inner join (
    select
        now.*,
        own.region_code
    from {{ ref('int_answerable_now') }} as now
    inner join {{ ref('int_unit') }} as own on now.unit_no = own.unit_no
) as unit on honour.unit_no = unit.unit_no
where honour.applied_on <= {{ as_of() }}
