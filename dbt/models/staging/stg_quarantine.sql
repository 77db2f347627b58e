-- marts.md: nothing is told of a row that points at a classified unit. A name that is such a unit's as well as others', so
-- that it points at none (feeds.md), is told of no row whose own unit does not bear it.
select
    delivery.delivery_id,
    quarantined.sheet,
    quarantined.row_no,
    quarantined.reasons,
    case
        when
            coalesce(mention.is_about_classified, false)
            or coalesce(quarantined.is_classified, false)
            then '{}'
        when classified.name_norm is not null and own.name_norm is null then quarantined.row_unnamed
        else quarantined.row
    end as row
from {{ source('raw', 'quarantine') }} as quarantined
inner join {{ ref('stg_delivery') }} as delivery on quarantined.delivery_id = delivery.delivery_id
left join {{ ref('stg_mention') }} as mention on quarantined.mention_id = mention.mention_id
left join {{ ref('stg_classified_name') }} as classified
    on mention.name_norm = classified.name_norm and not classified.is_of_another_unit
left join (
    select distinct
        unit_no,
        name_norm
    from {{ ref('stg_unit_name') }}
) as own on mention.unit_no = own.unit_no and mention.name_norm = own.name_norm
