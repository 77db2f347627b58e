{{ config(materialized='table') }}

{%- set flows = [
    'complaints_received', 'complaints_duplicate', 'complaints_excluded', 'complaints_accept_due',
    'complaints_accepted_on_time', 'complaints_due', 'complaints_resolved_on_time', 'complaints_substantiated',
    'complaints_rated', 'complaints_satisfied'
] %}

with ticket as (
    select
        unit_no,
        received_month,
        accept_due_month,
        resolve_due_month,
        resolved_month,
        is_duplicate,
        is_excluded,
        has_policy,
        has_policy and not is_duplicate and not is_excluded as is_judged,
        is_accepted_on_time,
        is_resolved_on_time,
        is_substantiated,
        satisfaction
    from {{ ref('int_complaint') }}
    where unit_no is not null
),

event as (
    select
        unit_no,
        received_month as month_no,
        count(case when not is_duplicate then 1 end) as complaints_received,
        count(case when is_duplicate then 1 end) as complaints_duplicate,
        count(case when is_excluded and not is_duplicate and has_policy then 1 end) as complaints_excluded,
        0 as complaints_accept_due,
        0 as complaints_accepted_on_time,
        0 as complaints_due,
        0 as complaints_resolved_on_time,
        0 as complaints_substantiated,
        0 as complaints_rated,
        0 as complaints_satisfied,
        0 as open_overdue
    from ticket
    group by unit_no, received_month
    union all
    select
        unit_no,
        accept_due_month,
        0,
        0,
        0,
        count(*),
        count(case when is_accepted_on_time then 1 end),
        0,
        0,
        0,
        0,
        0,
        0
    from ticket
    where is_judged and accept_due_month is not null
    group by unit_no, accept_due_month
    union all
    select
        unit_no,
        resolve_due_month,
        0,
        0,
        0,
        0,
        0,
        count(*),
        count(case when is_resolved_on_time then 1 end),
        0,
        0,
        0,
        count(case when resolved_month <= resolve_due_month then null else 1 end)
    from ticket
    where is_judged and resolve_due_month is not null
    group by unit_no, resolve_due_month
    union all
    select
        unit_no,
        resolved_month,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        count(case when is_substantiated then 1 end),
        count(case when satisfaction in ('satisfied', 'fair', 'dissatisfied') then 1 end),
        count(case when satisfaction in ('satisfied', 'fair') then 1 end),
        -count(case when resolved_month > resolve_due_month then 1 end)
    from ticket
    where is_judged and resolved_month is not null
    group by unit_no, resolved_month
),

change as (
    select
        unit_no,
        greatest(month_no, {{ month_no(span_start()) }}) as month_no,
        {%- for flow in flows %}
        sum(case when month_no >= {{ month_no(span_start()) }} then {{ flow }} else 0 end) as {{ flow }},
        {%- endfor %}
        sum(open_overdue) as open_overdue
    from event
    group by unit_no, greatest(month_no, {{ month_no(span_start()) }})
)

select
    grid.unit_no,
    grid.month_no,
    {%- for flow in flows %}
    cast(coalesce(change.{{ flow }}, 0) as bigint) as {{ flow }},
    {%- endfor %}
    cast(
        coalesce(
            sum(change.open_overdue) over (partition by grid.unit_no order by grid.month_no rows unbounded preceding), 0
        ) as bigint
    ) as complaints_open_overdue
from (
    select
        unit.unit_no,
        month.month_no
    from (
        select distinct unit_no
        from change
    ) as unit
    cross join {{ ref('int_month') }} as month
) as grid
left join change on grid.unit_no = change.unit_no and grid.month_no = change.month_no
