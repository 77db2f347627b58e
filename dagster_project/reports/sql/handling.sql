-- One row for each ticket and thing that befell it in the period, as the marts count it: `received`, `accept_due`, `due`,
-- `substantiated`. As in the marts, a period is the sum of its months, each with the unit that answered at its end. What
-- is overdue is so at the period's end, and stands with the unit that answers then (`overdue_uscc`).
with ruled as (
    select ticket.*, policy.policy_id is not null as has_policy
    from fct_complaint as ticket
    inner join dim_organization as unit on ticket.uscc = unit.uscc
    left join region_policy as policy
        on unit.region_code = policy.region_code
        and policy.valid_from <= ticket.received_on
        and coalesce(policy.valid_to > ticket.received_on, true)
    where not ticket.is_duplicate
),

counted as (
    select *
    from ruled
    where has_policy and excluded_reason is null
),

event as (
    select ticket_no, 'received' as event, received_on as day, false as is_in_time from ruled
    union all
    select ticket_no, 'accept_due', accept_due_on, accept_state = 'on_time' from counted
    union all
    select ticket_no, 'due', resolve_due_on, resolve_state = 'on_time' from counted
    union all
    select ticket_no, 'substantiated', resolved_on, false
    from counted
    where finding in ('substantiated', 'partly')
)

select
    event.event,
    event.is_in_time,
    ticket.ticket_no,
    ticket.channel,
    unit.uscc,
    unit.region_code,
    event.event = 'substantiated' and ticket.rectify_due_on is not null as is_rectified_by_order,
    coalesce(ticket.rectified_on <= asked.through_on, false) as is_rectified,
    at_end.uscc as overdue_uscc,
    at_end.region_code as overdue_region_code,
    coalesce(
        at_end.uscc is not null and ticket.rectify_due_on <= asked.through_on
        and not coalesce(ticket.rectified_on <= asked.through_on, false),
        false
    ) as is_rectification_overdue
from event
inner join fct_complaint as ticket on event.ticket_no = ticket.ticket_no
inner join asked on event.day between asked.starts_on and asked.through_on
left join succession
    on ticket.uscc = succession.uscc
    and succession.valid_from <= least(last_day(event.day), asked.as_of)
    and coalesce(succession.valid_to > least(last_day(event.day), asked.as_of), true)
inner join org_monthly as unit
    on coalesce(succession.answerable_uscc, ticket.uscc) = unit.uscc
    and unit.month = cast(date_trunc('month', event.day) as date)
    and unit.in_scope
left join answering on ticket.uscc = answering.uscc
left join org_monthly as at_end
    on answering.answerable_uscc = at_end.uscc and at_end.month = asked.month and at_end.in_scope
where starts_with(unit.region_code, getvariable('prefix'))
    or starts_with(at_end.region_code, getvariable('prefix'))
