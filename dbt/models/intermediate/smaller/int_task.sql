{{ config(materialized='view') }}

-- Annex of Jiangsu's notice: each task by the units that lead it and those that help. A classified unit is not named.
with named as (
    select
        task.task_no,
        'lead' as role,
        exploded_lead_name.lead_name as unit_name,
        exploded_lead_name.lead_norm as name_norm
    from {{ ref('stg_tasks') }} as task
    {{ explode_both('task.lead', 'task.lead_norms', 'lead_name', 'lead_norm') }}
    union
    select
        task.task_no,
        'cooperating' as role,
        exploded_cooperating_name.cooperating_name as unit_name,
        exploded_cooperating_name.cooperating_norm as name_norm
    from {{ ref('stg_tasks') }} as task
    {{ explode_both('task.cooperating', 'task.cooperating_norms', 'cooperating_name', 'cooperating_norm') }}
)

select
    task.task_no,
    named.role,
    named.unit_name,
    unit.uscc,
    unit.answerable_uscc,
    unit.answerable_region_code as region_code,
    task.title,
    task.due_on,
    case when task.completed_on <= {{ as_of() }} then task.completed_on end as completed_on,
    case
        when task.completed_on <= {{ as_of() }} and coalesce(task.completed_on <= task.due_on, true) then 'on_time'
        when task.completed_on <= {{ as_of() }} then 'late'
        when task.due_on <= {{ as_of() }} then 'overdue'
        else 'pending'
    end as state
from named
inner join {{ ref('stg_tasks') }} as task on named.task_no = task.task_no
left join {{ ref('stg_name_owner') }} as owner on named.name_norm = owner.name_norm
left join {{ ref('stg_classified_name') }} as classified
    on named.name_norm = classified.name_norm and not classified.is_of_another_unit
left join {{ ref('int_answerable_now') }} as unit on owner.unit_no = unit.unit_no
where classified.name_norm is null
