{%- set feeds = [
    'organizations', 'commitment_letters', 'commitments', 'complaints', 'court_cases', 'dishonest_debtors',
    'accountability', 'inventories', 'rectifications'
] %}

-- A view: whoever looks for a row of evidence joins it by its position.
{%- for feed in feeds %}
select
    '{{ feed }}' as feed,
    {{ position('delivery', 'r') }} as position,
    delivery.received_on,
    delivery.file,
    r.sheet,
    r.row_no
from {{ source('raw', feed) }} as r
inner join {{ ref('stg_delivery') }} as delivery on r.delivery_id = delivery.delivery_id
{%- if not loop.last %}
union all
{%- endif %}
{%- endfor %}
