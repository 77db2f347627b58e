{{ config(materialized='view') }}

-- Notice of Ganzhou, 三(二): how long each unit held a ticket. A unit holds it until it gives it back, passes it on, or
-- it is resolved. Tickets that are unknown, or about a classified unit, are left out, and so is a holder that is one.
with held as (
    select
        transfer.ticket_no,
        transfer.to_name,
        owner.unit_no as holder_no,
        transfer.transferred_on,
        ticket.unit_no,
        ticket.resolved_on,
        ticket.resolve_due_on,
        row_number() over (
            partition by transfer.ticket_no order by transfer.transferred_on, transfer.position
        ) as transfer_no,
        least(
            coalesce(transfer.received_back_on, cast('9999-12-31' as date)),
            coalesce(
                lead(transfer.transferred_on) over (
                    partition by transfer.ticket_no order by transfer.transferred_on, transfer.position
                ),
                cast('9999-12-31' as date)
            ),
            coalesce(ticket.resolved_on, cast('9999-12-31' as date))
        ) as held_until,
        classified.name_norm is not null as is_classified
    from {{ ref('stg_transfers') }} as transfer
    inner join {{ ref('int_complaint') }} as ticket on transfer.ticket_no = ticket.ticket_no
    left join {{ ref('stg_name_owner') }} as owner on transfer.to_name_norm = owner.name_norm
    left join {{ ref('stg_classified_name') }} as classified
        on transfer.to_name_norm = classified.name_norm and not classified.is_of_another_unit
    where transfer.transferred_on <= {{ as_of() }}
)

select
    held.ticket_no,
    held.transfer_no,
    held.to_name,
    holder.uscc as to_uscc,
    unit.uscc,
    unit.answerable_uscc,
    unit.answerable_region_code as region_code,
    held.transferred_on,
    case when held.held_until <= {{ as_of() }} then greatest(held.held_until, held.transferred_on) end as held_until,
    {{ days_between('held.transferred_on', "greatest(least(held.held_until, " ~ as_of() ~ "), held.transferred_on)") }}
        as days_held,
    until_day.workday_no - from_day.workday_no as workdays_held,
    coalesce(held.held_until > {{ as_of() }}, true) and coalesce(held.resolve_due_on <= {{ as_of() }}, false)
        as is_without_end
from held
left join {{ ref('int_answerable_now') }} as unit on held.unit_no = unit.unit_no
left join {{ ref('int_unit') }} as holder on held.holder_no = holder.unit_no
inner join {{ ref('int_calendar') }} as from_day on held.transferred_on = from_day.day
inner join {{ ref('int_calendar') }} as until_day
    on greatest(least(held.held_until, {{ as_of() }}), held.transferred_on) = until_day.day
where not held.is_classified
