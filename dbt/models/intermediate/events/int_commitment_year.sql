{{ config(materialized='view') }}

-- rules.md, "Commitments", at the D of a year: each is due, fulfilled or overdue as it is for the year's last monthly figures.
with observed as (
    select
        commitment.commitment_no,
        assessment.year,
        coalesce(answerable.answerable_no, commitment.unit_no) as answerable_no,
        commitment.field,
        commitment.category,
        commitment.year = assessment.year as is_of_year,
        {{ commitment_state('commitment', 'contradiction.commitment_no is not null', 'assessment.month_no') }} as state,
        coalesce(commitment.due_month <= assessment.month_no, false) as is_past_due,
        coalesce({{ commitment_counts_as_due('commitment', 'assessment.month_no') }}, false) as is_due
    from {{ ref('int_commitment') }} as commitment
    inner join {{ ref('int_assessment') }} as assessment on commitment.made_month <= assessment.month_no
    left join {{ ref('int_contradiction') }} as contradiction
        on
            commitment.commitment_no = contradiction.commitment_no
            and assessment.month_no = contradiction.month_no
    left join {{ ref('int_answerable') }} as answerable
        on commitment.unit_no = answerable.unit_no and assessment.month_no = answerable.month_no
    where commitment.unit_no is not null
)

select
    commitment_no,
    year,
    answerable_no,
    field,
    category,
    is_of_year,
    state,
    is_due,
    is_due and state in ('fulfilled_on_time', 'fulfilled_late') as is_fulfilled,
    state in ('overdue', 'breached') or (state = 'contradicted' and is_past_due) as is_overdue
from observed
