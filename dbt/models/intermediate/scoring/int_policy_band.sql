-- The bands of a policy; of two with one bound, the first by name.
select
    policy_id,
    lowest,
    min(band) as band
from {{ source('policy', 'band') }}
group by policy_id, lowest
