select *
from {{ ref('int_accountability_case') }}
