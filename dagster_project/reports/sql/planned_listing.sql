-- One row for each listing of a unit in scope that a court had announced and not made by the end of the period.
select
    notice.case_no,
    answering.answerable_uscc as uscc,
    answering.unit_name,
    answering.region_code,
    notice.court,
    notice.notice_on,
    notice.planned_list_on
from listing_notice as notice
cross join asked
inner join answering on notice.uscc = answering.uscc
inner join org_monthly as unit
    on answering.answerable_uscc = unit.uscc and unit.month = asked.month and unit.in_scope
where notice.notice_on <= asked.through_on
    and coalesce(notice.withdrawn_on > asked.through_on, true)
    and coalesce(notice.listed_on > asked.through_on, true)
    and starts_with(answering.region_code, getvariable('prefix'))
order by answering.roster_no, notice.planned_list_on, notice.case_no
