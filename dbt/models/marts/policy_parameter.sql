select
    policy_id,
    key,
    value,
    set_by,
    inherited_from
from {{ ref('int_policy_parameter') }}
