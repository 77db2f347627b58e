{{ config(materialized='table') }}

with borne as (
    select
        unit_no,
        name_norm,
        false as is_short
    from {{ ref('stg_unit') }}
    union all
    select
        unit.unit_no,
        former_norm as name_norm,
        false as is_short
    from {{ ref('stg_unit') }} as unit
    {{ explode('unit.former_norms', 'former_norm') }}
    union all
    select
        unit.unit_no,
        short_norm as name_norm,
        true as is_short
    from {{ ref('stg_unit') }} as unit
    {{ explode('unit.short_norms', 'short_norm') }}
)

select distinct
    borne.name_norm,
    borne.unit_no,
    borne.is_short,
    unit.region_code,
    unit.is_abolished,
    unit.is_classified
from borne
inner join {{ ref('stg_unit') }} as unit on borne.unit_no = unit.unit_no
where borne.name_norm <> ''
