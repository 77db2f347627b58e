{{ config(materialized='table') }}

{#- Tickets that count, are not excluded, and have a policy; the others are received, and no more. -#}
{%- set is_judged = 'unit_no is not null and has_policy and not is_duplicate and not is_excluded' %}

-- Each of the four days of a ticket is added up by itself; what is open and overdue is a running sum of what came in
-- and what went. A ticket resolved by the end of the month in which it fell due was never open at a month's end.
with received as (
    select
        unit_no,
        received_month as month_no,
        count(case when not is_duplicate then 1 end) as complaints_received,
        count(case when is_duplicate then 1 end) as complaints_duplicate,
        count(case when is_excluded and not is_duplicate and has_policy then 1 end) as complaints_excluded
    from {{ ref('int_complaint') }}
    where unit_no is not null
    group by unit_no, received_month
),

accept_due as (
    select
        unit_no,
        accept_due_month as month_no,
        count(*) as complaints_accept_due,
        count(case when is_accepted_on_time then 1 end) as complaints_accepted_on_time
    from {{ ref('int_complaint') }}
    where {{ is_judged }} and accept_due_month is not null
    group by unit_no, accept_due_month
),

resolve_due as (
    select
        unit_no,
        resolve_due_month as month_no,
        count(*) as complaints_due,
        count(case when is_resolved_on_time then 1 end) as complaints_resolved_on_time,
        count(case when coalesce(resolved_month > resolve_due_month, true) then 1 end) as fell_overdue
    from {{ ref('int_complaint') }}
    where {{ is_judged }} and resolve_due_month is not null
    group by unit_no, resolve_due_month
),

resolved as (
    select
        unit_no,
        resolved_month as month_no,
        count(case when is_substantiated then 1 end) as complaints_substantiated,
        count(case when satisfaction in ('satisfied', 'fair', 'dissatisfied') then 1 end) as complaints_rated,
        count(case when satisfaction in ('satisfied', 'fair') then 1 end) as complaints_satisfied,
        count(case when resolved_month > resolve_due_month then 1 end) as resolved_overdue
    from {{ ref('int_complaint') }}
    where {{ is_judged }} and resolved_month is not null
    group by unit_no, resolved_month
),

-- The stock with which the span begins.
opening as (
    select
        unit_no,
        sum(fell_overdue) as open_overdue
    from (
        select
            unit_no,
            fell_overdue
        from resolve_due
        where month_no < {{ month_no(span_start()) }}
        union all
        select
            unit_no,
            -resolved_overdue as fell_overdue
        from resolved
        where month_no < {{ month_no(span_start()) }}
    ) as before_span
    group by unit_no
),

grid as (
    select
        unit.unit_no,
        month.month_no
    from (
        select distinct unit_no
        from received
    ) as unit
    cross join {{ ref('int_month') }} as month
)

select
    grid.unit_no,
    grid.month_no,
    coalesce(received.complaints_received, 0) as complaints_received,
    coalesce(received.complaints_duplicate, 0) as complaints_duplicate,
    coalesce(received.complaints_excluded, 0) as complaints_excluded,
    coalesce(accept_due.complaints_accept_due, 0) as complaints_accept_due,
    coalesce(accept_due.complaints_accepted_on_time, 0) as complaints_accepted_on_time,
    coalesce(resolve_due.complaints_due, 0) as complaints_due,
    coalesce(resolve_due.complaints_resolved_on_time, 0) as complaints_resolved_on_time,
    cast(
        coalesce(opening.open_overdue, 0)
        + sum(coalesce(resolve_due.fell_overdue, 0) - coalesce(resolved.resolved_overdue, 0)) over (
            partition by grid.unit_no order by grid.month_no rows unbounded preceding
        ) as bigint
    ) as complaints_open_overdue,
    coalesce(resolved.complaints_substantiated, 0) as complaints_substantiated,
    coalesce(resolved.complaints_rated, 0) as complaints_rated,
    coalesce(resolved.complaints_satisfied, 0) as complaints_satisfied
from grid
left join received on grid.unit_no = received.unit_no and grid.month_no = received.month_no
left join accept_due on grid.unit_no = accept_due.unit_no and grid.month_no = accept_due.month_no
left join resolve_due on grid.unit_no = resolve_due.unit_no and grid.month_no = resolve_due.month_no
left join resolved on grid.unit_no = resolved.unit_no and grid.month_no = resolved.month_no
left join opening on grid.unit_no = opening.unit_no
