{{ config(materialized='table', meta={'compression': {'ticket_no': 'zstd'}}) }}

with unit_policy as (
    select
        unit.unit_no,
        region_policy.policy_id,
        region_policy.valid_from,
        region_policy.valid_to
    from {{ ref('int_unit') }} as unit
    inner join {{ ref('int_region_policy') }} as region_policy on unit.region_code = region_policy.region_code
),

ticket as (
    select
        complaint.*,
        coalesce(tie.is_duplicate, false) as is_duplicate,
        unit_policy.policy_id,
        term.accept_term_no,
        term.resolve_term_no,
        term.max_extension_term_no,
        case
            when term.is_accept_from_accepted then coalesce(complaint.accepted_on, complaint.received_on)
            else complaint.received_on
        end as accept_from,
        case
            when term.is_resolve_from_accepted then coalesce(complaint.accepted_on, complaint.received_on)
            else complaint.received_on
        end as resolve_from
    from {{ ref('stg_complaints') }} as complaint
    left join {{ ref('int_ticket_tie') }} as tie on complaint.ticket_no = tie.ticket_no
    left join unit_policy
        on
            complaint.unit_no = unit_policy.unit_no
            and complaint.received_on >= unit_policy.valid_from
            and complaint.received_on < unit_policy.valid_to
    left join {{ ref('int_channel_term') }} as term
        on unit_policy.policy_id = term.policy_id and complaint.channel = term.channel
    where complaint.received_on <= {{ as_of() }}
),

due as (
    select
        ticket.*,
        accept_due.due_on as accept_due_on,
        case
            when ticket.policy_id is null then null
            else least(coalesce(resolve_due.due_on, ticket.due_on), coalesce(ticket.due_on, resolve_due.due_on))
        end as first_due_on
    from ticket
    left join {{ ref('int_due_day') }} as accept_due
        on {{ term_key('ticket.accept_term_no', 'ticket.accept_from') }} = accept_due.term_key
    left join {{ ref('int_due_day') }} as resolve_due
        on {{ term_key('ticket.resolve_term_no', 'ticket.resolve_from') }} = resolve_due.term_key
),

extended as (
    select
        due.*,
        case
            when due.extension_approved_on <= due.first_due_on and due.extended_due_on > due.first_due_on
                then least(due.extended_due_on, coalesce(bound.due_on, due.extended_due_on))
            else due.first_due_on
        end as resolve_due_on
    from due
    left join {{ ref('int_due_day') }} as bound
        on {{ term_key('due.max_extension_term_no', 'due.first_due_on') }} = bound.term_key
)

select
    ticket_no,
    unit_no,
    channel,
    category,
    commitment_no,
    received_on,
    accepted_on,
    resolved_on,
    replied_on,
    finding,
    satisfaction,
    excluded_reason,
    rectify_due_on,
    rectified_on,
    accept_due_on,
    resolve_due_on,
    is_duplicate,
    excluded_reason is not null as is_excluded,
    policy_id is not null as has_policy,
    coalesce(accepted_on <= accept_due_on, false) or coalesce(resolved_on <= accept_due_on, false) as is_accepted_on_time,
    coalesce(resolved_on <= resolve_due_on, false) as is_resolved_on_time,
    coalesce(finding in ('substantiated', 'partly'), false) as is_substantiated,
    {{ month_no('received_on') }} as received_month,
    {{ month_by_as_of('accept_due_on') }} as accept_due_month,
    {{ month_by_as_of('resolve_due_on') }} as resolve_due_month,
    {{ month_by_as_of('resolved_on') }} as resolved_month,
    {{ month_by_as_of('rectify_due_on') }} as rectify_due_month,
    {{ month_by_as_of('rectified_on') }} as rectified_month,
    position
from extended
