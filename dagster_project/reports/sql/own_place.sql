-- One row for each place with places below it and units of exactly its code: the figures of these units (市本级).
select own.* exclude (reach)
from compared_place as own
where own.reach = 'own' and own.units_in_scope > 0 and own.region_code in (select parent_code from place)
order by own.region_code
