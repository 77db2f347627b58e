-- One row for each thing that a unit in scope owes by a day: `late` at the end of the period, or `next`, due in the 30 days after.
with thing as (
    select 'commitment' as kind, overdue.commitment_no as number, overdue.uscc, coalesce(made.title, '') as title,
        coalesce(made.due_on, overdue.valid_from) as due_on, 'late' as standing, overdue.state
    from overdue_period as overdue
    cross join asked
    inner join fct_commitment as made on overdue.commitment_no = made.commitment_no
    where overdue.valid_from <= asked.through_on and coalesce(overdue.valid_to > asked.through_on, true)
    union all
    -- A change of a promise has no day in the marts: what is lawfully changed by now is no longer announced.
    select 'commitment', made.commitment_no, made.uscc, coalesce(made.title, ''), made.due_on, 'next', 'in_progress'
    from fct_commitment as made
    cross join asked
    where made.made_on <= asked.through_on
        and made.due_on > asked.through_on and made.due_on <= asked.through_on + 30
        and coalesce(made.fulfilled_on > asked.through_on, true) and made.state <> 'lawfully_changed'
        and not exists (
            select 1 from overdue_period as overdue
            where overdue.commitment_no = made.commitment_no
                and overdue.valid_from <= asked.through_on and coalesce(overdue.valid_to > asked.through_on, true)
        )
    union all
    select 'complaint', ticket.ticket_no, ticket.uscc, coalesce(ticket.channel, ''), ticket.resolve_due_on,
        case when ticket.resolve_due_on <= asked.through_on then 'late' else 'next' end, ''
    from fct_complaint as ticket
    cross join asked
    where ticket.received_on <= asked.through_on
        and ticket.resolve_state <> 'none' and not ticket.is_duplicate and ticket.excluded_reason is null
        and ticket.resolve_due_on <= asked.through_on + 30
        and coalesce(ticket.resolved_on > asked.through_on, true)
    union all
    select 'rectification', task.subject, task.uscc, '', task.due_on,
        case when task.due_on <= asked.through_on then 'late' else 'next' end, ''
    from rectification as task
    cross join asked
    where coalesce(task.ordered_on <= asked.through_on, true)
        and task.due_on <= asked.through_on + 30
        and coalesce(task.completed_on > asked.through_on, true)
    union all
    select 'inventory', asked_for.uscc || ':' || asked_for.quarter, asked_for.uscc, asked_for.quarter, asked_for.due_on,
        case when asked_for.due_on <= asked.through_on then 'late' else 'next' end, ''
    from inventory as asked_for
    cross join asked
    where asked_for.due_on >= asked.year_start and asked_for.due_on <= asked.through_on + 30
        and coalesce(asked_for.submitted_on > asked.through_on, true)
)

select
    thing.kind,
    thing.standing,
    thing.number,
    thing.title,
    thing.due_on,
    thing.state,
    -- A promise may be broken before it was due.
    case when thing.standing = 'late' then greatest(0, date_diff('day', thing.due_on, asked.through_on)) end as days_late,
    answering.answerable_uscc as uscc,
    answering.unit_name,
    answering.region_code
from thing
cross join asked
inner join answering on thing.uscc = answering.uscc
inner join org_monthly as unit
    on answering.answerable_uscc = unit.uscc and unit.month = asked.month and unit.in_scope
where starts_with(answering.region_code, getvariable('prefix'))
order by thing.kind, thing.standing, answering.roster_no, thing.due_on, thing.number
