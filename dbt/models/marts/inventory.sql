select *
from {{ ref('int_inventory') }}
