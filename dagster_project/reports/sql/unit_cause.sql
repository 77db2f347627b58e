-- One row for each unit and cause of deductions, the dearest first: how many deductions, how many points.
select
    scored_unit.uscc,
    scored_unit.region_code,
    taken.cause,
    taken.subject,
    count(*) as deductions,
    sum(taken.points_applied) as points_applied
from deduction as taken
inner join scored_unit on taken.uscc = scored_unit.uscc
group by scored_unit.unit_no, scored_unit.uscc, scored_unit.region_code, taken.cause, taken.subject
order by scored_unit.unit_no, points_applied desc, taken.cause, taken.subject
