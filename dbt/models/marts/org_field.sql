-- The seven key fields of Jiangsu's notice and the five categories of Ganzhou's: what each unit promised, kept, and was
-- blamed for.
-- A complaint and a record have the field or category of their own, else that of the commitment they name.
with complaint as (
    select
        answerable_uscc as uscc,
        year(received_on) as year,
        category,
        commitment_no,
        count(*) as complaints
    from {{ ref('fct_complaint') }}
    where
        answerable_uscc is not null
        and not is_duplicate
        and excluded_reason is null
    group by answerable_uscc, year(received_on), category, commitment_no
),

counted as (
    {%- for dimension in ['field', 'category'] %}
    select
        answerable_uscc as uscc,
        year,
        '{{ dimension }}' as dimension,
        coalesce({{ dimension }}, 'none') as code,
        1 as commitments,
        case when due_on <= {{ as_of() }} and state <> 'lawfully_changed' then 1 else 0 end as commitments_due,
        case when due_on <= {{ as_of() }} and state in ('fulfilled_on_time', 'fulfilled_late') then 1 else 0 end
            as commitments_fulfilled,
        case
            when state in ('overdue', 'breached') or (state = 'contradicted' and due_on <= {{ as_of() }}) then 1
            else 0
        end as commitments_overdue,
        0 as complaints,
        0 as records
    from {{ ref('fct_commitment') }}
    where answerable_uscc is not null
    union all
    select
        complaint.uscc,
        complaint.year,
        '{{ dimension }}' as dimension,
        coalesce(commitment.{{ dimension }}, 'none') as code,
        0 as commitments,
        0 as commitments_due,
        0 as commitments_fulfilled,
        0 as commitments_overdue,
        complaint.complaints,
        0 as records
    from complaint
    left join {{ ref('fct_commitment') }} as commitment on complaint.commitment_no = commitment.commitment_no
    union all
    {%- endfor %}
    select
        uscc,
        year,
        'complaint' as dimension,
        coalesce(category, 'none') as code,
        0 as commitments,
        0 as commitments_due,
        0 as commitments_fulfilled,
        0 as commitments_overdue,
        complaints,
        0 as records
    from complaint
    union all
    select
        answerable_uscc as uscc,
        year(occurred_on) as year,
        'field' as dimension,
        coalesce(field, 'none') as code,
        0 as commitments,
        0 as commitments_due,
        0 as commitments_fulfilled,
        0 as commitments_overdue,
        0 as complaints,
        1 as records
    from {{ ref('fct_integrity_record') }}
    where weight > 0
)

select
    uscc,
    year,
    dimension,
    code,
    cast(sum(commitments) as bigint) as commitments,
    cast(sum(commitments_due) as bigint) as commitments_due,
    cast(sum(commitments_fulfilled) as bigint) as commitments_fulfilled,
    cast(sum(commitments_overdue) as bigint) as commitments_overdue,
    cast(sum(complaints) as bigint) as complaints,
    cast(sum(records) as bigint) as records
from counted
where year between year({{ span_start() }}) and year({{ as_of() }})
group by uscc, year, dimension, code
