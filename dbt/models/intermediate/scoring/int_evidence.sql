{{ config(materialized='view') }}

-- The rows on which each deduction rests. A letter or an inventory that never came is proved by the roster's row of the unit;
-- a shortfall by every thing that was due and not reached.
with deduction as (
    select
        deduction.*,
        assessment.month_no
    from {{ ref('int_deduction') }} as deduction
    inner join {{ ref('int_assessment') }} as assessment on deduction.year = assessment.year
),

thing as (
    select
        'record' as evidence_kind,
        record_id as evidence_id,
        source_feed as feed,
        record_key as key,
        position
    from {{ ref('int_record') }}
    union all
    select
        'commitment' as evidence_kind,
        commitment_no as evidence_id,
        'commitments' as feed,
        commitment_no as key,
        position
    from {{ ref('int_commitment') }}
    union all
    select
        'complaint' as evidence_kind,
        ticket_no as evidence_id,
        'complaints' as feed,
        ticket_no as key,
        position
    from {{ ref('int_complaint') }}
    union all
    select
        'rectification' as evidence_kind,
        'complaints:' || ticket_no as evidence_id,
        'complaints' as feed,
        ticket_no as key,
        position
    from {{ ref('int_complaint') }}
    where rectify_due_on is not null
    union all
    select
        'rectification' as evidence_kind,
        'rectifications:' || rectification_no as evidence_id,
        'rectifications' as feed,
        rectification_no as key,
        position
    from {{ ref('stg_rectifications') }}
),

missed as (
    {%- for metric, is_missed in [
        ('fulfilment_ratio', "not in ('fulfilled_on_time', 'fulfilled_late')"),
        ('on_time_ratio', "<> 'fulfilled_on_time'")
    ] %}
    select
        '{{ metric }}' as metric,
        commitment.unit_no,
        assessment.month_no,
        'commitments' as feed,
        commitment.commitment_no as key,
        commitment.position
    from {{ ref('int_commitment') }} as commitment
    inner join {{ ref('int_assessment') }} as assessment on commitment.made_month <= assessment.month_no
    left join {{ ref('int_contradiction') }} as contradiction
        on
            commitment.commitment_no = contradiction.commitment_no
            and assessment.month_no = contradiction.month_no
    where
        {{ commitment_counts_as_due('commitment', 'assessment.month_no') }}
        and {{ commitment_state('commitment', 'contradiction.commitment_no is not null', 'assessment.month_no') }}
        {{ is_missed }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
    {%- for metric, due_month, is_missed in [
        ('acceptance_rate', 'accept_due_month', 'not complaint.is_accepted_on_time'),
        ('resolution_rate', 'resolve_due_month', 'not complaint.is_resolved_on_time'),
        ('satisfaction_rate', 'resolved_month', "complaint.satisfaction = 'dissatisfied'")
    ] %}
    union all
    select
        '{{ metric }}' as metric,
        complaint.unit_no,
        assessment.month_no,
        'complaints' as feed,
        complaint.ticket_no as key,
        complaint.position
    from {{ ref('int_complaint') }} as complaint
    inner join {{ ref('int_assessment') }} as assessment
        on
            complaint.{{ due_month }} <= assessment.month_no
            and {{ same_year('complaint.' ~ due_month, 'assessment.month_no') }}
    where
        {{ is_missed }}
        and complaint.has_policy
        and not complaint.is_duplicate
        and not complaint.is_excluded
    {%- endfor %}
)

select
    deduction.deduction_no,
    thing.feed,
    thing.key,
    thing.position
from deduction
inner join thing
    on deduction.evidence_kind = thing.evidence_kind and deduction.evidence_id = thing.evidence_id
union all
select
    deduction.deduction_no,
    case when letter.position is null then 'organizations' else 'commitment_letters' end as feed,
    unit.uscc as key,
    coalesce(letter.position, unit.position) as position
from deduction
inner join {{ ref('stg_unit') }} as unit on deduction.unit_no = unit.unit_no
left join {{ ref('stg_commitment_letters') }} as letter
    on
        deduction.evidence_kind = 'letter'
        and deduction.unit_no = letter.unit_no
        and deduction.year = letter.year
where deduction.evidence_kind in ('letter', 'inventory')
union all
select
    deduction.deduction_no,
    missed.feed,
    missed.key,
    missed.position
from deduction
inner join (
    select
        coalesce(answerable.answerable_no, missed.unit_no) as unit_no,
        missed.month_no,
        missed.metric,
        missed.feed,
        missed.key,
        missed.position
    from missed
    left join {{ ref('int_answerable') }} as answerable
        on missed.unit_no = answerable.unit_no and missed.month_no = answerable.month_no
) as missed
    on
        deduction.unit_no = missed.unit_no
        and deduction.month_no = missed.month_no
        and deduction.evidence_id = missed.metric
where deduction.evidence_kind = 'metric'
