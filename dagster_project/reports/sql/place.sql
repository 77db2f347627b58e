-- One row for each place of the paper, in the order of codes, with how many units of exactly its code are in scope.
select place.* exclude (reach), own.units_in_scope as own_units_in_scope
from compared_place as place
left join compared_place as own on place.region_code = own.region_code and own.reach = 'own'
where place.reach = 'all'
order by place.region_code
