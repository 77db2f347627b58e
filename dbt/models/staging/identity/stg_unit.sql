{{ config(materialized='table') }}

with version as (
    select
        r.uscc,
        r.name,
        r.name_norm,
        r.short_norms,
        r.former_names,
        r.former_norms,
        r.region_code,
        r.region_name,
        r.level,
        r.org_type,
        r.parent_uscc,
        coalesce(r.is_classified, false) as is_classified,
        r.established_on,
        r.abolished_on,
        coalesce(r.abolished_on <= {{ as_of() }}, false) as is_abolished,
        r.successor_uscc,
        version.position,
        max(case when not version.is_duplicate then version.position end) over (partition by r.uscc) as loaded_position,
        version.is_current,
        version.retracted
    from {{ source('raw', 'organizations') }} as r
    inner join {{ ref('stg_delivery') }} as delivery on r.delivery_id = delivery.delivery_id
    inner join {{ ref('stg_organizations_versions') }} as version
        on {{ position('delivery', 'r') }} = version.position
)

select
    cast(row_number() over (order by uscc) as int) as unit_no,
    uscc,
    name,
    name_norm,
    short_norms,
    former_names,
    former_norms,
    region_code,
    region_name,
    level,
    org_type,
    parent_uscc,
    is_classified,
    established_on,
    abolished_on,
    is_abolished,
    successor_uscc,
    position,
    loaded_position
from version
where
    is_current
    and not retracted
