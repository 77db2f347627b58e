-- One row for each place and channel with a complaint of its units due in the period: how many were in time.
with counted as (
    select
        place.region_code,
        ticket.channel,
        count(*) filter (ticket.accept_due_on between asked.starts_on and asked.through_on) as complaints_accept_due,
        count(*) filter (
            ticket.accept_due_on between asked.starts_on and asked.through_on and ticket.accept_state = 'on_time'
        ) as complaints_accepted_on_time,
        count(*) filter (ticket.resolve_due_on between asked.starts_on and asked.through_on) as complaints_due,
        count(*) filter (
            ticket.resolve_due_on between asked.starts_on and asked.through_on and ticket.resolve_state = 'on_time'
        ) as complaints_resolved_on_time
    from fct_complaint as ticket
    cross join asked
    inner join answering on ticket.uscc = answering.uscc
    inner join org_monthly as unit
        on answering.answerable_uscc = unit.uscc and unit.month = asked.month and unit.in_scope
    inner join place on starts_with(unit.region_code, place.prefix)
    where ticket.resolve_state <> 'none'
        and (ticket.accept_due_on between asked.starts_on and asked.through_on
            or ticket.resolve_due_on between asked.starts_on and asked.through_on)
    group by place.region_code, ticket.channel
)

select
    *,
    cast(complaints_accepted_on_time as double) / nullif(complaints_accept_due, 0) as acceptance_rate,
    cast(complaints_resolved_on_time as double) / nullif(complaints_due, 0) as resolution_rate
from counted
order by region_code, channel
