{{ config(materialized='table') }}

-- Commitments, complaints and rectifications that are overdue at the end of each year.
with commitment as (
    select
        commitment.commitment_no,
        commitment.unit_no,
        commitment.due_on,
        commitment.breach_on,
        assessment.month_no,
        commitment.due_month,
        {{ commitment_state('commitment', 'contradiction.commitment_no is not null', 'assessment.month_no') }} as state
    from {{ ref('int_commitment') }} as commitment
    inner join {{ ref('int_assessment') }} as assessment on commitment.made_month <= assessment.month_no
    left join {{ ref('int_contradiction') }} as contradiction
        on
            commitment.commitment_no = contradiction.commitment_no
            and assessment.month_no = contradiction.month_no
    where commitment.unit_no is not null
),

rectification as (
    select
        rectification.rectification_no,
        rectification.unit_no,
        rectification.due_on,
        {{ month_by_as_of('rectification.due_on') }} as due_month,
        {{ month_by_as_of('rectification.completed_on') }} as completed_month,
        case
            when rectification.source_kind = 'complaint' and rectification.source_key is not null
                then 'complaint:' || coalesce(tie.counting_ticket_no, rectification.source_key)
            else 'rectification:' || rectification.rectification_no
        end as matter
    from {{ ref('stg_rectifications') }} as rectification
    left join {{ ref('int_ticket_tie') }} as tie on rectification.source_key = tie.ticket_no
    where rectification.unit_no is not null
),

item as (
    select
        'commitment' as item,
        commitment_no as evidence_id,
        unit_no,
        month_no,
        case when state = 'breached' then breach_on else due_on end as occurred_on,
        'commitment:' || commitment_no as matter
    from commitment
    where
        state in ('overdue', 'breached')
        or (state = 'contradicted' and due_month <= month_no)
    union all
    select
        'complaint' as item,
        complaint.ticket_no as evidence_id,
        complaint.unit_no,
        assessment.month_no,
        complaint.resolve_due_on as occurred_on,
        'complaint:' || complaint.ticket_no as matter
    from {{ ref('int_complaint') }} as complaint
    inner join {{ ref('int_assessment') }} as assessment
        on
            complaint.resolve_due_month <= assessment.month_no
            and coalesce(complaint.resolved_month > assessment.month_no, true)
    where
        complaint.unit_no is not null
        and complaint.has_policy
        and not complaint.is_duplicate
        and not complaint.is_excluded
    union all
    select
        'rectification' as item,
        'complaints:' || complaint.ticket_no as evidence_id,
        complaint.unit_no,
        assessment.month_no,
        complaint.rectify_due_on as occurred_on,
        'complaint:' || complaint.ticket_no as matter
    from {{ ref('int_complaint') }} as complaint
    inner join {{ ref('int_assessment') }} as assessment
        on
            complaint.rectify_due_month <= assessment.month_no
            and complaint.received_month <= assessment.month_no
            and coalesce(complaint.rectified_month > assessment.month_no, true)
    where
        complaint.unit_no is not null
        and complaint.has_policy
        and not complaint.is_duplicate
        and not complaint.is_excluded
    union all
    select
        'rectification' as item,
        'rectifications:' || rectification.rectification_no as evidence_id,
        rectification.unit_no,
        assessment.month_no,
        rectification.due_on as occurred_on,
        rectification.matter
    from rectification
    inner join {{ ref('int_assessment') }} as assessment
        on
            rectification.due_month <= assessment.month_no
            and coalesce(rectification.completed_month > assessment.month_no, true)
)

select
    item.item,
    item.evidence_id,
    item.unit_no,
    coalesce(answerable.answerable_no, item.unit_no) as answerable_no,
    item.month_no,
    item.occurred_on,
    item.matter
from item
left join {{ ref('int_answerable') }} as answerable
    on item.unit_no = answerable.unit_no and item.month_no = answerable.month_no
