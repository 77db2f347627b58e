-- The unit that answers at `as_of`, for every unit.
select
    unit.unit_no,
    unit.uscc,
    coalesce(answerable.answerable_no, unit.unit_no) as answerable_no,
    answering.uscc as answerable_uscc,
    answering.region_code as answerable_region_code
from {{ ref('int_unit') }} as unit
left join {{ ref('int_answerable') }} as answerable
    on unit.unit_no = answerable.unit_no and answerable.month_no = {{ month_no(as_of()) }}
inner join {{ ref('int_unit') }} as answering
    on coalesce(answerable.answerable_no, unit.unit_no) = answering.unit_no
where not unit.is_classified
