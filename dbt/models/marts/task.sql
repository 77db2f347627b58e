select *
from {{ ref('int_task') }}
