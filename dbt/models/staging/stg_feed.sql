select
    feed,
    label,
    is_core
from {{ source('raw', 'feed') }}
