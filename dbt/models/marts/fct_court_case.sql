select
    court_case.case_no,
    unit.uscc,
    unit.answerable_uscc,
    court_case.case_type,
    court_case.court,
    court_case.filed_on,
    court_case.decided_on,
    court_case.outcome,
    court_case.amount_yuan,
    court_case.paid_yuan,
    court_case.status,
    court_case.fulfilled_on,
    at_risk.case_no is not null as at_risk
from {{ ref('int_court_case') }} as court_case
inner join {{ ref('int_answerable_now') }} as unit on court_case.unit_no = unit.unit_no
left join {{ ref('int_at_risk') }} as at_risk
    on court_case.case_no = at_risk.case_no and court_case.unit_no = at_risk.unit_no
