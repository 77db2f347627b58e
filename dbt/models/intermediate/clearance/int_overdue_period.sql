{{ config(materialized='table') }}

-- rules.md, "Commitments", states 1 to 7 at any day by `as_of`: the stretches of days in which a commitment stands in
-- `commitments_overdue`. Never: 9999-12-31.
with commitment as (
    select
        commitment_no,
        unit_no,
        made_on,
        coalesce(due_on, cast('9999-12-31' as date)) as due_on,
        coalesce(fulfilled_on, cast('9999-12-31' as date)) as fulfilled_on,
        case when is_lawful_change then change_approved_on else cast('9999-12-31' as date) end as changed_on,
        coalesce(breach_on, cast('9999-12-31' as date)) as breach_on
    from {{ ref('int_commitment') }}
    where unit_no is not null
),

contradicted as (
    select
        commitment.commitment_no,
        greatest(
            commitment.fulfilled_on,
            complaint.resolved_on,
            commitment.due_on,
            coalesce(promised.valid_from, commitment.made_on),
            coalesce(complained.valid_from, commitment.made_on)
        ) as valid_from,
        least(
            coalesce(complaint.rectified_on, cast('9999-12-31' as date)),
            commitment.changed_on,
            commitment.breach_on,
            coalesce(promised.valid_to, cast('9999-12-31' as date)),
            coalesce(complained.valid_to, cast('9999-12-31' as date))
        ) as valid_to
    from {{ ref('int_complaint') }} as complaint
    inner join commitment on complaint.commitment_no = commitment.commitment_no
    left join {{ ref('int_answerable_period') }} as promised on commitment.unit_no = promised.unit_no
    left join {{ ref('int_answerable_period') }} as complained on complaint.unit_no = complained.unit_no
    where
        complaint.has_policy
        and complaint.is_substantiated
        and not complaint.is_duplicate
        and not complaint.is_excluded
        and complaint.received_on >= commitment.fulfilled_on
        and complaint.resolved_on is not null
        and coalesce(complained.answerable_no, complaint.unit_no)
        = coalesce(promised.answerable_no, commitment.unit_no)
),

stretch as (
    select
        commitment_no,
        'overdue' as state,
        greatest(due_on, made_on) as valid_from,
        least(fulfilled_on, breach_on, changed_on) as valid_to
    from commitment
    union all
    select
        commitment_no,
        'breached' as state,
        greatest(breach_on, made_on) as valid_from,
        changed_on as valid_to
    from commitment
    union all
    -- Several findings at once are one stretch for whoever asks for a day; each begins on a day of its own.
    select
        commitment_no,
        'contradicted' as state,
        valid_from,
        max(valid_to) as valid_to
    from contradicted
    group by commitment_no, valid_from
)

select
    stretch.commitment_no,
    commitment.unit_no,
    stretch.state,
    stretch.valid_from,
    case when stretch.valid_to <= {{ as_of() }} then stretch.valid_to end as valid_to
from stretch
inner join commitment on stretch.commitment_no = commitment.commitment_no
where
    stretch.valid_from < stretch.valid_to
    and stretch.valid_from <= {{ as_of() }}
