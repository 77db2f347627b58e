{{ config(materialized='table') }}

{#- 2 to the power of this many steps: longer chains of decisions are not followed to their end. -#}
{%- set doublings = 8 %}

-- From a case number to the number its case rests on, among the cases of one answerable unit at the end of a year.
with step_0 as (
    select
        assessment.month_no,
        coalesce(answerable.answerable_no, court_case.unit_no) as answerable_no,
        court_case.case_no,
        min(court_case.basis_no) as next_no,
        least(court_case.case_no, min(court_case.basis_no)) as smallest_no
    from {{ ref('int_court_case') }} as court_case
    cross join {{ ref('int_assessment') }} as assessment
    left join {{ ref('int_answerable') }} as answerable
        on court_case.unit_no = answerable.unit_no and assessment.month_no = answerable.month_no
    where
        court_case.basis_no is not null
        and court_case.filed_month <= assessment.month_no
    group by
        assessment.month_no,
        coalesce(answerable.answerable_no, court_case.unit_no),
        court_case.case_no
)

{%- for i in range(doublings) %},

step_{{ i + 1 }} as (
    select
        here.month_no,
        here.answerable_no,
        here.case_no,
        coalesce(there.next_no, here.next_no) as next_no,
        least(here.smallest_no, coalesce(there.smallest_no, here.smallest_no)) as smallest_no
    from step_{{ i }} as here
    left join step_{{ i }} as there
        on
            here.month_no = there.month_no
            and here.answerable_no = there.answerable_no
            and here.next_no = there.case_no
)
{%- endfor %}

select
    month_no,
    answerable_no,
    case_no,
    next_no,
    smallest_no
from step_{{ doublings }}
