select
    delivery.delivery_id,
    quarantined.sheet,
    quarantined.row_no,
    quarantined.reasons,
    case
        when coalesce(mention.is_about_classified, false) or coalesce(quarantined.is_classified, false) then '{}'
        else quarantined.row
    end as row
from {{ source('raw', 'quarantine') }} as quarantined
inner join {{ ref('stg_delivery') }} as delivery on quarantined.delivery_id = delivery.delivery_id
left join {{ ref('stg_mention') }} as mention on quarantined.mention_id = mention.mention_id
