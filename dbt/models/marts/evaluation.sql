-- Beside each figure of a third party stands the office's own: coverage, satisfaction and mean score of the region, or
-- of the unit its satisfaction and score. Difference: theirs less ours.
with satisfied as (
    select
        region_code,
        year(month) as year,
        sum(complaints_satisfied) as satisfied,
        sum(complaints_rated) as rated
    from {{ ref('region_monthly') }}
    where reach = 'all'
    group by region_code, year(month)
),

content as (
    select
        uscc,
        year(month) as year,
        sum(complaints_satisfied) as satisfied,
        sum(complaints_rated) as rated
    from {{ ref('org_monthly') }}
    group by uscc, year(month)
),

covered as (
    select
        region.region_code,
        year(region.month) as year,
        region.coverage_rate
    from {{ ref('region_monthly') }} as region
    inner join (
        select max(month) as month
        from {{ ref('region_monthly') }}
        group by year(month)
    ) as latest on region.month = latest.month
    where region.reach = 'all'
),

beside as (
    select
        evaluation.*,
        case when evaluation.uscc is null then covered.coverage_rate end as office_breadth,
        case when evaluation.uscc is null then satisfied.satisfied else content.satisfied end as satisfied,
        case when evaluation.uscc is null then satisfied.rated else content.rated end as rated,
        case when evaluation.uscc is null then region.mean_score else unit.score end as office_score
    from {{ ref('int_evaluation') }} as evaluation
    left join covered on evaluation.region_code = covered.region_code and evaluation.year = covered.year
    left join satisfied on evaluation.region_code = satisfied.region_code and evaluation.year = satisfied.year
    left join content on evaluation.uscc = content.uscc and evaluation.year = content.year
    left join {{ ref('region_assessment') }} as region
        on
            evaluation.region_code = region.region_code
            and evaluation.year = region.year
            and region.reach = 'all'
    left join {{ ref('annual_assessment') }} as unit
        on evaluation.uscc = unit.uscc and evaluation.year = unit.year
),

shared as (
    select
        *,
        cast(satisfied as double) / nullif(cast(rated as double), 0) as office_perception
    from beside
)

select
    evaluation_no,
    uscc,
    region_code,
    evaluator,
    year,
    breadth,
    office_breadth,
    breadth - office_breadth as breadth_difference,
    perception,
    office_perception,
    perception - office_perception as perception_difference,
    score,
    office_score,
    score - office_score as score_difference
from shared
