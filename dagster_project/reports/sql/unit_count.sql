-- One row for each place: how many of its units are to be named, by reason, and how many stand on the list.
select
    place.region_code,
    count(*) filter (unit.in_scope and not unit.has_letter) as units_without_letter,
    count(*) filter (unit.in_scope and unit.is_late) as units_late,
    count(*) filter (unit.in_scope and unit.listings_active > 0) as units_listed
from unit
inner join place on starts_with(unit.region_code, place.prefix)
group by place.region_code
order by place.region_code
