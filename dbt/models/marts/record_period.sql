select
    period.record_id,
    period.valid_from,
    period.valid_to,
    period.kind,
    unit.uscc,
    answering.uscc as answerable_uscc,
    period.occurred_on,
    period.counts_until,
    period.status,
    period.weight
from {{ ref('int_record_period') }} as period
inner join {{ ref('int_unit') }} as unit on period.unit_no = unit.unit_no
inner join {{ ref('int_unit') }} as answering on period.answerable_no = answering.unit_no
