{{ config(materialized='table') }}

select distinct
    judgment.case_no,
    judgment.unit_no,
    month.month_no
from {{ ref('int_court_case') }} as judgment
inner join {{ ref('int_court_case') }} as later
    on
        judgment.case_no = later.basis_no
        and later.case_type <> 'enforcement'
        and later.outcome <> 'withdrawn'
        and not (later.case_no = judgment.case_no and later.unit_no = judgment.unit_no)
inner join {{ ref('int_month') }} as month on later.decided_month <= month.month_no
left join {{ ref('int_answerable') }} as judged
    on judgment.unit_no = judged.unit_no and month.month_no = judged.month_no
left join {{ ref('int_answerable') }} as reversed
    on later.unit_no = reversed.unit_no and month.month_no = reversed.month_no
where
    judgment.is_lost
    and coalesce(judged.answerable_no, judgment.unit_no) = coalesce(reversed.answerable_no, later.unit_no)
