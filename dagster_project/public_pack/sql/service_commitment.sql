-- One row for each service commitment of the year that stands at the end of the period, of a unit in scope then.
-- In: the variables through_on, month (the last of the period).
select
    unit.region_code,
    unit.uscc,
    organization.name as unit_name,
    made.commitment_no,
    made.title,
    made.made_on,
    made.due_on
from fct_commitment as made
left join succession
    on made.uscc = succession.uscc
    and succession.valid_from <= getvariable('through_on')
    and coalesce(succession.valid_to > getvariable('through_on'), true)
inner join org_monthly as unit
    on coalesce(succession.answerable_uscc, made.uscc) = unit.uscc
    and unit.month = getvariable('month') and unit.in_scope
inner join dim_organization as organization on unit.uscc = organization.uscc
where made.category = 'service' and made.state <> 'lawfully_changed'
    and made.year = year(getvariable('through_on')) and made.made_on <= getvariable('through_on')
order by unit.region_code, unit.uscc, made.made_on, made.commitment_no
