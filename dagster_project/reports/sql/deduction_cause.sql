-- One row for each place and cause of deductions, the dearest first: how many deductions, of how many units, how many
-- points. A cause is a type of rule, with what it is about.
select
    place.region_code,
    taken.cause,
    taken.subject,
    count(*) as deductions,
    count(distinct taken.uscc) as units,
    sum(taken.points_applied) as points_applied
from deduction as taken
inner join place on starts_with(taken.region_code, place.prefix)
group by place.region_code, taken.cause, taken.subject
order by place.region_code, points_applied desc, taken.cause, taken.subject
