select
    day,
    is_workday,
    is_official
from {{ source('raw', 'calendar') }}
