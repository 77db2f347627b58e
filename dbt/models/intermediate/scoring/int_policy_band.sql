-- The bands of a policy. Of two with one bound (one of them inherited) the last by name counts: rules.md does not say.
select
    policy_id,
    lowest,
    max(band) as band
from {{ source('policy', 'band') }}
group by policy_id, lowest
