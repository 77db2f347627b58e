{{ config(materialized='view') }}

-- Annex of Jiangsu's notice: each task by the units that lead it and those that help. A classified unit is not named.
with named as (
    select
        task.task_no,
        'lead' as role,
        exploded_lead_name.lead_name as unit_name
    from {{ ref('stg_tasks') }} as task
    {{ explode('task.lead', 'lead_name') }}
    union
    select
        task.task_no,
        'cooperating' as role,
        exploded_cooperating_name.cooperating_name as unit_name
    from {{ ref('stg_tasks') }} as task
    {{ explode('task.cooperating', 'cooperating_name') }}
),

borne as (
    select
        name_norm,
        count(distinct case when not is_short then unit_no end) as units,
        min(case when not is_short then unit_no end) as unit_no
    from {{ ref('stg_unit_name') }}
    group by name_norm
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
left join borne on {{ unit_name_norm('named.unit_name') }} = borne.name_norm
left join {{ ref('stg_classified_name') }} as classified
    on {{ unit_name_norm('named.unit_name') }} = classified.name_norm and not classified.is_of_another_unit
left join {{ ref('int_answerable_now') }} as unit on borne.units = 1 and borne.unit_no = unit.unit_no
where classified.name_norm is null
