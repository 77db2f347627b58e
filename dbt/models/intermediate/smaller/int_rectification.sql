{{ config(materialized='view') }}

-- Rectifications ordered after a complaint, and those of the feed of their own (rules.md, `rectification_overdue`). One that
-- is due is there, whatever day it says that it was ordered on.
with ordered as (
    select
        'complaints' as source_feed,
        ticket_no as number,
        unit_no,
        resolved_on as ordered_on,
        rectify_due_on as due_on,
        rectified_on as completed_on,
        cast(null as date) as verified_on
    from {{ ref('int_complaint') }}
    where
        rectify_due_on is not null
        and has_policy
        and not is_duplicate
        and not is_excluded
        and unit_no is not null
    union all
    select
        'rectifications' as source_feed,
        rectification_no as number,
        unit_no,
        ordered_on,
        due_on,
        completed_on,
        verified_on
    from {{ ref('stg_rectifications') }}
    where unit_no is not null and least(ordered_on, due_on) <= {{ as_of() }}
)

select
    ordered.source_feed || ':' || ordered.number as subject,
    ordered.source_feed,
    unit.uscc,
    unit.answerable_uscc,
    unit.answerable_region_code as region_code,
    ordered.ordered_on,
    ordered.due_on,
    ordered.completed_on,
    ordered.verified_on,
    case
        when ordered.completed_on <= ordered.due_on and ordered.completed_on <= {{ as_of() }} then 'on_time'
        when ordered.completed_on <= {{ as_of() }} then 'late'
        when ordered.due_on <= {{ as_of() }} then 'overdue'
        else 'pending'
    end as state
from ordered
inner join {{ ref('int_answerable_now') }} as unit on ordered.unit_no = unit.unit_no
