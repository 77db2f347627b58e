select
    task.task_no,
    task.role,
    task.unit_name,
    task.uscc,
    task.answerable_uscc,
    task.region_code,
    {{ replace_each('task.title', 'untold.names', '***') }} as title,  -- noqa: PRS
    task.due_on,
    task.completed_on,
    task.state
from {{ ref('int_task') }} as task
left join {{ ref('int_untold_title') }} as untold on task.title = untold.title
