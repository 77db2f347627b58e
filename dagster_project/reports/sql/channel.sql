-- One row for each place and channel with a complaint of its units due in the period: how many were in time.
-- A channel may have a term to accept and none to resolve: each state stands for itself, `none` is no due date.
-- As in the marts, a quarter is the sum of its months, each with the unit that answered at its end.
with due as (
    select channel, uscc, accept_due_on as due_on, true as is_acceptance, accept_state = 'on_time' as is_in_time
    from fct_complaint
    where accept_state <> 'none'
    union all
    select channel, uscc, resolve_due_on, false, resolve_state = 'on_time'
    from fct_complaint
    where resolve_state <> 'none'
),

counted as (
    select
        place.region_code,
        due.channel,
        count(*) filter (due.is_acceptance) as complaints_accept_due,
        count(*) filter (due.is_acceptance and due.is_in_time) as complaints_accepted_on_time,
        count(*) filter (not due.is_acceptance) as complaints_due,
        count(*) filter (not due.is_acceptance and due.is_in_time) as complaints_resolved_on_time
    from due
    inner join asked on due.due_on between asked.starts_on and asked.through_on
    left join succession
        on due.uscc = succession.uscc
        and succession.valid_from <= least(last_day(due.due_on), asked.as_of)
        and coalesce(succession.valid_to > least(last_day(due.due_on), asked.as_of), true)
    inner join org_monthly as unit
        on coalesce(succession.answerable_uscc, due.uscc) = unit.uscc
        and unit.month = cast(date_trunc('month', due.due_on) as date)
        and unit.in_scope
    inner join place on starts_with(unit.region_code, place.prefix)
    group by place.region_code, due.channel
)

select
    *,
    cast(complaints_accepted_on_time as double) / nullif(complaints_accept_due, 0) as acceptance_rate,
    cast(complaints_resolved_on_time as double) / nullif(complaints_due, 0) as resolution_rate
from counted
order by region_code, channel
