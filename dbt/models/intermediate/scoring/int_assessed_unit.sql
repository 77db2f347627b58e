{{ config(materialized='table') }}

select
    unit.unit_no,
    unit.uscc,
    unit.level,
    unit.org_type,
    assessment.year,
    assessment.month_no,
    assessment.month_end,
    scope.policy_id,
    policy.scoring_base,
    scope.has_letter,
    scope.letter_complete,
    scope.is_published,
    scope.is_late
from {{ ref('int_unit_month') }} as scope
inner join {{ ref('int_assessment') }} as assessment on scope.month_no = assessment.month_no
inner join {{ ref('int_unit') }} as unit on scope.unit_no = unit.unit_no
inner join {{ source('policy', 'policy') }} as policy on scope.policy_id = policy.policy_id
where scope.in_scope
