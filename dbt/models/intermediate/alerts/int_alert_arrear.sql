select
    unit_no,
    arrear_no as subject,
    due_on,
    '拖欠账款逾期未清偿' as message
from {{ ref('int_arrear') }}
where
    is_open
    and due_on <= {{ as_of() }}
