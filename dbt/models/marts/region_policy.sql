select
    region_code,
    valid_from,
    case when valid_to < cast('9999-12-31' as date) then valid_to end as valid_to,
    policy_id
from {{ ref('int_region_policy') }}
