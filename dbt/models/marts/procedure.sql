select *
from {{ ref('int_procedure') }}
