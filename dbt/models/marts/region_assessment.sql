with reached as (
    select
        unit.region_code,
        'own' as reach,
        score.year,
        score.score
    from {{ ref('int_score') }} as score
    inner join {{ ref('int_unit') }} as unit on score.unit_no = unit.unit_no
    union all
    select
        ancestry.ancestor_code as region_code,
        'all' as reach,
        score.year,
        score.score
    from {{ ref('int_score') }} as score
    inner join {{ ref('int_unit') }} as unit on score.unit_no = unit.unit_no
    inner join {{ ref('int_ancestry') }} as ancestry on unit.region_code = ancestry.region_code
),

summed as (
    select
        region_code,
        reach,
        year,
        count(*) as units,
        cast(sum(score) * 10000 as decimal(38, 0)) as score_e4
    from reached
    group by region_code, reach, year
)

select
    everywhere.region_code,
    shape.reach,
    everywhere.year,
    coalesce(summed.units, 0) as units,
    cast(
        case
            when summed.units > 0 then {{ exact_ratio(whole('summed.score_e4'), whole('summed.units'), 0) }} * 0.0001
        end as decimal(12, 4)
    ) as mean_score
from (
    select
        whole.region_code,
        whole.year
    from summed as whole
    where whole.reach = 'all'
) as everywhere
cross join (
    select 'own' as reach
    union all
    select 'all' as reach
) as shape
left join summed
    on
        everywhere.region_code = summed.region_code
        and everywhere.year = summed.year
        and shape.reach = summed.reach
