{{ config(materialized='view') }}

-- A share above 1 was written as a percentage without its sign.
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
left join {{ ref('int_unit') }} as unit on evaluation.unit_no = unit.unit_no
