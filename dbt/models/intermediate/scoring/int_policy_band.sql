-- The bands of a policy. Of two with one bound (rules.md does not say) the policy's own name counts before an inherited one.
with ranked as (
    select
        policy_id,
        band,
        lowest,
        row_number() over (
            partition by policy_id, lowest
            order by band_no desc
        ) as choice
    from {{ source('policy', 'band') }}
)

select
    policy_id,
    lowest,
    band
from ranked
where choice = 1
