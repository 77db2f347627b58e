{{ config(materialized='table') }}

{#- 2 to the power of this many steps: longer chains of successors are not followed. -#}
{%- set doublings = 8 %}

-- rules.md, "Units": from an abolished unit to its successor, as long as that exists at D or is itself abolished at D.
with step_0 as (
    select
        unit.unit_no,
        month.month_no,
        successor.unit_no as next_no
    from {{ ref('int_unit') }} as unit
    inner join {{ ref('int_month') }} as month on unit.abolished_on <= month.month_end
    left join {{ ref('int_unit') }} as successor
        on
            unit.successor_no = successor.unit_no
            and not successor.is_classified
            and (
                coalesce(successor.established_on <= month.month_end, true)
                or coalesce(successor.abolished_on <= month.month_end, false)
            )
)

{%- for i in range(doublings) %},

step_{{ i + 1 }} as (
    select
        here.unit_no,
        here.month_no,
        coalesce(there.next_no, here.next_no) as next_no
    from step_{{ i }} as here
    left join step_{{ i }} as there
        on here.next_no = there.unit_no and here.month_no = there.month_no
)
{%- endfor %}

-- A walk that can still go on is a circle, and ends at the unit it started from.
select
    walk.unit_no,
    walk.month_no,
    case
        when onward.next_no is not null then walk.unit_no
        else coalesce(walk.next_no, walk.unit_no)
    end as answerable_no
from step_{{ doublings }} as walk
left join step_0 as onward
    on walk.next_no = onward.unit_no and walk.month_no = onward.month_no
