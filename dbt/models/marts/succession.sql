select
    unit.uscc,
    period.valid_from,
    case when period.valid_to < cast('9999-12-31' as date) then period.valid_to end as valid_to,
    answering.uscc as answerable_uscc
from {{ ref('int_answerable_period') }} as period
inner join {{ ref('int_unit') }} as unit on period.unit_no = unit.unit_no and not unit.is_classified
inner join {{ ref('int_unit') }} as answering on period.answerable_no = answering.unit_no
