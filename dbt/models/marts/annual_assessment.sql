with bound as (
    select
        score.unit_no,
        score.year,
        max(band.lowest) as lowest
    from {{ ref('int_score') }} as score
    inner join {{ ref('int_policy_band') }} as band
        on score.policy_id = band.policy_id and score.score >= band.lowest
    group by score.unit_no, score.year
)

select
    score.uscc,
    score.year,
    score.policy_id,
    score.level,
    score.org_type,
    score.base,
    score.deducted,
    score.score,
    band.band,
    rank() over (
        partition by score.year, score.policy_id, score.level, score.org_type
        order by score.score desc
    ) as rank,
    count(*) over (partition by score.year, score.policy_id, score.level, score.org_type) as peers
from {{ ref('int_score') }} as score
left join bound on score.unit_no = bound.unit_no and score.year = bound.year
left join {{ ref('int_policy_band') }} as band
    on score.policy_id = band.policy_id and bound.lowest = band.lowest
