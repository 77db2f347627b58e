-- One row for each place and parameter of its policy that a paper names.
select place.region_code, parameter.key, parameter.value
from place
inner join policy_parameter as parameter on place.policy_id = parameter.policy_id
where parameter.key in ('letter.due', 'coverage.targets')
    and parameter.value <> ''
order by place.region_code, parameter.key
