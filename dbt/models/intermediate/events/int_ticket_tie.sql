{{ config(materialized='table') }}

{#- 2 to the power of this many steps: longer chains of duplicates fall apart into several. -#}
{%- set doublings = 10 %}

-- rules.md, "Complaints": tickets tied by `duplicate_of`, directly or through others, are one complaint. A ticket names
-- at most one other, so a walk ends at one that names none, or runs into a circle, which is known by its smallest ticket. One
-- that is delivered but received after `as_of` ties others together, and counts only where all of them are such.
with naming as (
    select
        ticket_no,
        duplicate_of
    from {{ ref('stg_complaints') }}
    where duplicate_of <> ticket_no
),

-- Few tickets name another or are named: the others are not carried along.
ticket as (
    select
        complaint.ticket_no,
        complaint.unit_no,
        complaint.received_on,
        complaint.excluded_reason
    from {{ ref('stg_complaints') }} as complaint
    where
        complaint.ticket_no in (
            select naming.ticket_no
            from naming
            union
            select naming.duplicate_of
            from naming
        )
),

tie as (
    select
        naming.ticket_no,
        naming.duplicate_of as next_no
    from naming
    inner join ticket as other on naming.duplicate_of = other.ticket_no
),

step_0 as (
    select
        ticket_no,
        next_no,
        least(ticket_no, next_no) as smallest_no
    from tie
)

{%- for i in range(doublings) %},

step_{{ i + 1 }} as (
    select
        here.ticket_no,
        coalesce(there.next_no, here.next_no) as next_no,
        least(here.smallest_no, coalesce(there.smallest_no, here.smallest_no)) as smallest_no
    from step_{{ i }} as here
    left join step_{{ i }} as there on here.next_no = there.ticket_no
)
{%- endfor %},

rooted as (
    select
        walk.ticket_no,
        coalesce(circle.smallest_no, walk.next_no) as root_no
    from step_{{ doublings }} as walk
    left join step_{{ doublings }} as circle on walk.next_no = circle.ticket_no
),

member as (
    select
        ticket_no,
        root_no
    from rooted
    union
    select
        root_no as ticket_no,
        root_no
    from rooted
),

ranked as (
    select
        member.ticket_no,
        member.root_no,
        row_number() over (
            partition by member.root_no
            order by
                case when ticket.received_on <= {{ as_of() }} then 1 else 2 end,
                case
                    when ticket.excluded_reason is null and ticket.unit_no is not null then 1
                    when ticket.excluded_reason is null then 2
                    when ticket.unit_no is not null then 3
                    else 4
                end,
                ticket.received_on,
                ticket.ticket_no
        ) as choice
    from member
    inner join ticket on member.ticket_no = ticket.ticket_no
)

select
    ranked.ticket_no,
    counting.ticket_no as counting_ticket_no,
    ranked.choice > 1 as is_duplicate
from ranked
inner join ranked as counting
    on ranked.root_no = counting.root_no and counting.choice = 1
