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

-- Few tickets name another or are named: the others are not carried along. Numbers in the order of the names are
-- followed sooner than names.
ticket as (
    select
        row_number() over (order by complaint.ticket_no) as place,
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

step_0 as (
    select
        ticket.place,
        other.place as next_place,
        least(ticket.place, other.place) as smallest_place
    from naming
    inner join ticket on naming.ticket_no = ticket.ticket_no
    inner join ticket as other on naming.duplicate_of = other.ticket_no
)

{%- for i in range(doublings) %},

step_{{ i + 1 }} as (
    select
        here.place,
        coalesce(there.next_place, here.next_place) as next_place,
        least(here.smallest_place, coalesce(there.smallest_place, here.smallest_place)) as smallest_place
    from step_{{ i }} as here
    left join step_{{ i }} as there on here.next_place = there.place
)
{%- endfor %},

rooted as (
    select
        walk.place,
        coalesce(circle.smallest_place, walk.next_place) as root_place
    from step_{{ doublings }} as walk
    left join step_{{ doublings }} as circle on walk.next_place = circle.place
),

member as (
    select
        place,
        root_place
    from rooted
    union
    select
        root_place as place,
        root_place
    from rooted
),

ranked as (
    select
        ticket.ticket_no,
        member.root_place,
        row_number() over (
            partition by member.root_place
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
    inner join ticket on member.place = ticket.place
)

select
    ranked.ticket_no,
    counting.ticket_no as counting_ticket_no,
    ranked.choice > 1 as is_duplicate
from ranked
inner join ranked as counting
    on ranked.root_place = counting.root_place and counting.choice = 1
