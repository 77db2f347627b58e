select
    delivery.feed,
    delivery.received_on,
    delivery.file,
    quarantined.sheet,
    quarantined.row_no,
    quarantined.reasons,
    quarantined.row
from {{ ref('stg_quarantine') }} as quarantined
inner join {{ ref('stg_delivery') }} as delivery on quarantined.delivery_id = delivery.delivery_id
