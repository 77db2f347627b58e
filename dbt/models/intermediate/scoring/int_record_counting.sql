{{ config(materialized='table') }}

-- rules.md, "Years a record counts in", at the end of each year, with weight above 0.
select
    state.record_id,
    state.kind,
    state.answerable_no,
    assessment.year,
    assessment.month_no,
    state.occurred_on,
    state.weight,
    matter.matter
from {{ ref('int_record_state') }} as state
inner join {{ ref('int_assessment') }} as assessment on state.month_no = assessment.month_no
inner join {{ ref('int_record_matter') }} as matter
    on state.record_id = matter.record_id and state.month_no = matter.month_no
where
    state.weight > 0
    and case
        when state.kind = 'listing' and state.listing_years = 'active'
            then coalesce(state.removed_on > greatest(assessment.year_start, state.occurred_on), true)
        else year(state.occurred_on) = assessment.year
    end
