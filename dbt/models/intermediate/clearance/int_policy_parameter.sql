select
    policy_id,
    key,
    value,
    set_by,
    inherited_from
from {{ source('policy', 'parameter') }}
