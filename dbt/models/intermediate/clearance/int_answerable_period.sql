{{ config(materialized='table') }}

{#- 2 to the power of this many steps: longer chains of successors are not followed. -#}
{%- set doublings = 8 %}

-- rules.md, "Units", at any day: who answers for a unit that is abolished by `as_of`, and from which day on. It can
-- change on the days on which a unit of its chain is established or abolished.
with link as (
    select
        unit.unit_no,
        successor.unit_no as next_no
    from {{ ref('int_unit') }} as unit
    inner join {{ ref('int_unit') }} as successor
        on
            unit.successor_no = successor.unit_no
            and not successor.is_classified
    where unit.abolished_on <= {{ as_of() }}
),

reach_0 as (
    select
        unit_no,
        unit_no as member_no
    from {{ ref('int_unit') }}
    where abolished_on <= {{ as_of() }}
    union
    select
        unit_no,
        next_no as member_no
    from link
)

{%- for i in range(doublings) %},

reach_{{ i + 1 }} as (
    select distinct
        here.unit_no,
        coalesce(there.member_no, here.member_no) as member_no
    from reach_{{ i }} as here
    left join reach_{{ i }} as there on here.member_no = there.unit_no
)
{%- endfor %},

changing as (
    select
        reach.unit_no,
        cast('1900-01-01' as date) as day
    from reach_{{ doublings }} as reach
    union
    select
        reach.unit_no,
        member.abolished_on as day
    from reach_{{ doublings }} as reach
    inner join {{ ref('int_unit') }} as member on reach.member_no = member.unit_no
    where member.abolished_on <= {{ as_of() }}
    union
    select
        reach.unit_no,
        member.established_on as day
    from reach_{{ doublings }} as reach
    inner join {{ ref('int_unit') }} as member on reach.member_no = member.unit_no
    where member.established_on <= {{ as_of() }}
),

-- The step of each member of a chain on each day on which the chain changes.
step_0 as (
    select
        reach.unit_no as root_no,
        changing.day,
        reach.member_no as unit_no,
        case
            when coalesce(successor.established_on <= changing.day, true)
            or coalesce(successor.abolished_on <= changing.day, false)
                then successor.unit_no
        end as next_no
    from reach_{{ doublings }} as reach
    inner join changing on reach.unit_no = changing.unit_no
    inner join {{ ref('int_unit') }} as member
        on reach.member_no = member.unit_no and changing.day >= member.abolished_on
    left join link on member.unit_no = link.unit_no
    left join {{ ref('int_unit') }} as successor on link.next_no = successor.unit_no
)

{%- for i in range(doublings) %},

step_{{ i + 1 }} as (
    select
        here.root_no,
        here.day,
        here.unit_no,
        coalesce(there.next_no, here.next_no) as next_no
    from step_{{ i }} as here
    left join step_{{ i }} as there
        on here.root_no = there.root_no and here.day = there.day and here.next_no = there.unit_no
)
{%- endfor %},

-- A walk that can still go on is a circle, and ends at the unit it started from.
walked as (
    select
        walk.root_no as unit_no,
        walk.day,
        case
            when onward.next_no is not null then walk.unit_no
            else coalesce(walk.next_no, walk.unit_no)
        end as answerable_no
    from step_{{ doublings }} as walk
    left join step_0 as onward
        on walk.root_no = onward.root_no and walk.day = onward.day and walk.next_no = onward.unit_no
    where walk.unit_no = walk.root_no
)

select
    changing.unit_no,
    changing.day as valid_from,
    coalesce(
        lead(changing.day) over (partition by changing.unit_no order by changing.day),
        cast('9999-12-31' as date)
    ) as valid_to,
    coalesce(walked.answerable_no, changing.unit_no) as answerable_no
from changing
left join walked on changing.unit_no = walked.unit_no and changing.day = walked.day
