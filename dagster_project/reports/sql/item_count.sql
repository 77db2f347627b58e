-- One row for each place, kind and standing of what is owed: how many things, and of how many units.
select
    place.region_code,
    item.kind,
    item.standing,
    count(*) as things,
    count(distinct item.uscc) as units
from item
inner join place on starts_with(item.region_code, place.prefix)
group by place.region_code, item.kind, item.standing
order by place.region_code, item.kind, item.standing
