-- The seven key fields of Jiangsu's notice and the five categories of Ganzhou's: what each unit promised, kept, and was
-- blamed for. A year's figures are those of its D, of the unit that answered then.
-- A complaint and a record have the field or category of their own, else that of the commitment they name.
with promised as (
    select
        answerable_no as unit_no,
        year,
        field,
        category,
        count(case when is_of_year then 1 end) as commitments,
        count(case when is_due then 1 end) as commitments_due,
        count(case when is_fulfilled then 1 end) as commitments_fulfilled,
        count(case when is_overdue then 1 end) as commitments_overdue
    from {{ ref('int_commitment_year') }}
    where is_of_year or is_due or is_overdue
    group by answerable_no, year, field, category
),

-- Counted before they are brought to the unit that answers: there are many times as many complaints as counts of them.
received as (
    select
        complaint.unit_no,
        year(complaint.received_on) as year,
        complaint.category as complaint,
        commitment.field,
        commitment.category,
        count(*) as complaints
    from {{ ref('int_complaint') }} as complaint
    left join {{ ref('int_commitment') }} as commitment on complaint.commitment_no = commitment.commitment_no
    where
        complaint.unit_no is not null
        and not complaint.is_duplicate
        and not complaint.is_excluded
    group by
        complaint.unit_no,
        year(complaint.received_on),
        complaint.category,
        commitment.field,
        commitment.category
),

complained as (
    select
        coalesce(answerable.answerable_no, received.unit_no) as unit_no,
        received.year,
        received.complaint,
        received.field,
        received.category,
        received.complaints
    from received
    inner join {{ ref('int_assessment') }} as assessment on received.year = assessment.year
    left join {{ ref('int_answerable') }} as answerable
        on received.unit_no = answerable.unit_no and assessment.month_no = answerable.month_no
),

recorded as (
    select
        state.answerable_no as unit_no,
        assessment.year,
        record.field,
        count(*) as records
    from {{ ref('int_record_state') }} as state
    inner join {{ ref('int_assessment') }} as assessment
        on state.month_no = assessment.month_no and year(state.occurred_on) = assessment.year
    inner join {{ ref('int_record') }} as record on state.record_id = record.record_id
    where state.weight > 0
    group by state.answerable_no, assessment.year, record.field
),

counted as (
    {%- for dimension in ['field', 'category'] %}
    select
        unit_no,
        year,
        '{{ dimension }}' as dimension,
        {{ dimension }} as code,
        commitments,
        commitments_due,
        commitments_fulfilled,
        commitments_overdue,
        0 as complaints,
        0 as records
    from promised
    union all
    {%- endfor %}
    {%- for dimension in ['field', 'category', 'complaint'] %}
    select
        unit_no,
        year,
        '{{ dimension }}' as dimension,
        {{ dimension }} as code,
        0 as commitments,
        0 as commitments_due,
        0 as commitments_fulfilled,
        0 as commitments_overdue,
        complaints,
        0 as records
    from complained
    union all
    {%- endfor %}
    select
        unit_no,
        year,
        'field' as dimension,
        field as code,
        0 as commitments,
        0 as commitments_due,
        0 as commitments_fulfilled,
        0 as commitments_overdue,
        0 as complaints,
        records
    from recorded
),

summed as (
    select
        unit_no,
        year,
        dimension,
        coalesce(code, 'none') as code,
        cast(sum(commitments) as bigint) as commitments,
        cast(sum(commitments_due) as bigint) as commitments_due,
        cast(sum(commitments_fulfilled) as bigint) as commitments_fulfilled,
        cast(sum(commitments_overdue) as bigint) as commitments_overdue,
        cast(sum(complaints) as bigint) as complaints,
        cast(sum(records) as bigint) as records
    from counted
    group by unit_no, year, dimension, coalesce(code, 'none')
)

select
    unit.uscc,
    summed.year,
    summed.dimension,
    summed.code,
    summed.commitments,
    summed.commitments_due,
    summed.commitments_fulfilled,
    summed.commitments_overdue,
    summed.complaints,
    summed.records
from summed
inner join {{ ref('int_unit') }} as unit on summed.unit_no = unit.unit_no and not unit.is_classified
