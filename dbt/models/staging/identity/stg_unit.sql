{{ config(materialized='table') }}

select
    cast(row_number() over (order by r.uscc) as int) as unit_no,
    r.uscc,
    r.name,
    r.name_norm,
    r.short_norms,
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
    version.position
from {{ source('raw', 'organizations') }} as r
inner join {{ ref('stg_delivery') }} as delivery on r.delivery_id = delivery.delivery_id
inner join {{ ref('stg_organizations_versions') }} as version
    on {{ position('delivery', 'r') }} = version.position
where
    version.is_current
    and not version.retracted
