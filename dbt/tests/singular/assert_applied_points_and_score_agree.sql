-- rules.md, "Annual assessment": score = the larger of 0 and base less the applied points, for every unit and year.
with deducted as (
    select
        uscc,
        year,
        sum(points_applied) as points
    from {{ ref('annual_deduction') }}
    group by uscc, year
)

select
    assessment.uscc,
    assessment.year,
    assessment.score
from {{ ref('annual_assessment') }} as assessment
left join deducted on assessment.uscc = deducted.uscc and assessment.year = deducted.year
where
    assessment.deducted <> coalesce(deducted.points, 0)
    or assessment.score <> greatest(0, assessment.base - coalesce(deducted.points, 0))
