select
    judgment.unit_no,
    judgment.decided_month as month_no,
    count(*) as judgments_lost
from {{ ref('int_court_case') }} as judgment
left join {{ ref('int_superseded') }} as superseded
    on
        judgment.case_no = superseded.case_no
        and judgment.unit_no = superseded.unit_no
        and judgment.decided_month = superseded.month_no
where
    judgment.is_lost
    and judgment.decided_month >= {{ month_no(span_start()) }}
    and superseded.case_no is null
group by judgment.unit_no, judgment.decided_month
