-- One row for each place: how many of its units lost points, by how many deductions, how many points in all.
select
    place.region_code,
    count(distinct taken.uscc) as units_deducted,
    count(*) as deductions,
    sum(taken.points_applied) as points_applied
from deduction as taken
inner join place on starts_with(taken.region_code, place.prefix)
group by place.region_code
order by place.region_code
