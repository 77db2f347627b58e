{{ config(materialized='view') }}

-- One that names no unit is about its region; one whose unit is not identified, or whose code cannot be read, is about
-- nobody until it is (feeds.md). A share above 1 was written as a percentage without its sign. One by a
-- classified unit is not shown.
select
    evaluation.evaluation_no,
    unit.uscc,
    coalesce(unit.region_code, evaluation.region_code) as region_code,
    evaluation.evaluator,
    evaluation.year,
    cast(case when evaluation.breadth > 1 then evaluation.breadth / 100 else evaluation.breadth end as decimal(18, 6))
        as breadth,
    cast(
        case when evaluation.perception > 1 then evaluation.perception / 100 else evaluation.perception end
        as decimal(18, 6)
    ) as perception,
    cast(evaluation.score as decimal(18, 6)) as score
from {{ ref('stg_evaluations') }} as evaluation
inner join {{ ref('stg_evaluations_versions') }} as version on evaluation.position = version.position
left join {{ ref('int_unit') }} as unit on evaluation.unit_no = unit.unit_no
left join {{ ref('stg_classified_name') }} as classified
    on evaluation.evaluator_norm = classified.name_norm and not classified.is_of_another_unit
where
    classified.name_norm is null
    and (
        unit.unit_no is not null
        or (version.mention_id is null and coalesce(evaluation.warnings not like '%bad_value:uscc%', true))
    )
