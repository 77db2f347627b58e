-- One row for each place with places below it and units of exactly its code: the figures of these units (市本级).
select place.region_code, place.level, own.* exclude (region_code, reach)
from place
cross join asked
inner join region_period as own
    on place.region_code = own.region_code and own.reach = 'own' and own.starts_on = asked.starts_on
where own.units_in_scope > 0 and place.region_code in (select parent_code from place)
order by place.region_code
