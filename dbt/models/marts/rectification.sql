select *
from {{ ref('int_rectification') }}
