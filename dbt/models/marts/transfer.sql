select *
from {{ ref('int_transfer') }}
