-- The seven key fields of Jiangsu's notice and the five categories of Ganzhou's: what each unit promised, kept, and was
-- blamed for.
-- A complaint and a record have the field or category of their own, else that of the commitment they name.
with commitment as (
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
        complaint.answerable_uscc as uscc,
        year(complaint.received_on) as year,
        '{{ dimension }}' as dimension,
        coalesce(commitment.{{ dimension }}, 'none') as code,
        0 as commitments,
        0 as commitments_due,
        0 as commitments_fulfilled,
        0 as commitments_overdue,
        1 as complaints,
        0 as records
    from {{ ref('fct_complaint') }} as complaint
    left join {{ ref('fct_commitment') }} as commitment on complaint.commitment_no = commitment.commitment_no
    where
        complaint.answerable_uscc is not null
        and not complaint.is_duplicate
        and complaint.excluded_reason is null
    union all
    {%- endfor %}
    select
        answerable_uscc as uscc,
        year(received_on) as year,
        'complaint' as dimension,
        coalesce(category, 'none') as code,
        0 as commitments,
        0 as commitments_due,
        0 as commitments_fulfilled,
        0 as commitments_overdue,
        1 as complaints,
        0 as records
    from {{ ref('fct_complaint') }}
    where
        answerable_uscc is not null
        and not is_duplicate
        and excluded_reason is null
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
from commitment
where year between year({{ span_start() }}) and year({{ as_of() }})
group by uscc, year, dimension, code
