select *
from {{ ref('int_opinion') }}
