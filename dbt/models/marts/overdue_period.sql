select
    period.commitment_no,
    period.state,
    period.valid_from,
    period.valid_to,
    unit.uscc
from {{ ref('int_overdue_period') }} as period
inner join {{ ref('int_unit') }} as unit on period.unit_no = unit.unit_no
