{{ config(materialized='table') }}

-- rules.md, "Integrity records": what a record is about; cases by their root, a circle by its smallest number.
select
    state.record_id,
    state.month_no,
    case
        when state.kind in ('judgment', 'listing')
            then 'case:' || coalesce(circle.smallest_no, walk.next_no, state.case_start)
        when state.kind = 'breach' then 'complaint:' || state.record_key
        else 'record:' || state.record_key
    end as matter
from {{ ref('int_record_state') }} as state
inner join {{ ref('int_assessment') }} as assessment on state.month_no = assessment.month_no
left join {{ ref('int_case_step') }} as walk
    on
        state.month_no = walk.month_no
        and state.answerable_no = walk.answerable_no
        and state.case_start = walk.case_no
left join {{ ref('int_case_step') }} as circle
    on
        walk.month_no = circle.month_no
        and walk.answerable_no = circle.answerable_no
        and walk.next_no = circle.case_no
