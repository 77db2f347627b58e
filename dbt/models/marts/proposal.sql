select *
from {{ ref('int_proposal') }}
