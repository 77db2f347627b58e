select
    task_no,
    role,
    unit_name,
    uscc,
    answerable_uscc,
    region_code,
    title,
    due_on,
    completed_on,
    state
from {{ ref('int_task') }}
