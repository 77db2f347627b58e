{{ config(materialized='table') }}

with deducted as (
    select
        unit_no,
        year,
        sum(points_applied) as deducted
    from {{ ref('int_deduction') }}
    group by unit_no, year
)

select
    unit.unit_no,
    unit.uscc,
    unit.year,
    unit.policy_id,
    unit.level,
    unit.org_type,
    cast(unit.scoring_base as decimal(12, 4)) as base,
    cast(coalesce(deducted.deducted, 0) as decimal(12, 4)) as deducted,
    cast(greatest(0, unit.scoring_base - coalesce(deducted.deducted, 0)) as decimal(12, 4)) as score
from {{ ref('int_assessed_unit') }} as unit
left join deducted on unit.unit_no = deducted.unit_no and unit.year = deducted.year
