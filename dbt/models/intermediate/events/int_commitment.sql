{{ config(materialized='table', meta={'compression': {'title': 'zstd', 'content': 'zstd'}}) }}

with dated as (
    select
        commitment.*,
        case
            when commitment.due_on is not null then commitment.due_on
            when commitment.category not in ('service', 'duty')
                then greatest({{ day_of_year('commitment.year', "'12-31'") }}, commitment.made_on)
        end as due_on_used,
        commitment.status = 'changed'
        and commitment.change_basis is not null
        and commitment.change_approved_on is not null
        and not commitment.compensation_unreadable
        and coalesce(commitment.compensated_yuan, 0) >= coalesce(commitment.compensation_due_yuan, 0)
            as is_lawful_change
    from {{ ref('stg_commitments') }} as commitment
    where commitment.made_on <= {{ as_of() }}
),

judged as (
    select
        *,
        case
            when
                status = 'breached'
                or (status = 'in_progress' and breached_on is not null)
                or (status = 'changed' and not is_lawful_change)
                then coalesce(breached_on, due_on_used, made_on)
        end as breach_on
    from dated
)

select
    commitment_no,
    unit_no,
    year,
    category,
    field,
    title,
    content,
    amount_yuan,
    made_on,
    due_on_used as due_on,
    due_on as due_on_given,
    status,
    fulfilled_on,
    is_lawful_change,
    change_basis,
    change_approved_on,
    breach_on,
    compensation_due_yuan,
    compensation_unreadable,
    compensated_yuan,
    {{ month_by_as_of('made_on') }} as made_month,
    {{ month_by_as_of('due_on_used') }} as due_month,
    {{ month_by_as_of('fulfilled_on') }} as fulfilled_month,
    case when is_lawful_change then {{ month_by_as_of('change_approved_on') }} end as change_month,
    {{ month_by_as_of('breach_on') }} as breach_month,
    coalesce(fulfilled_on <= due_on_used, fulfilled_on is not null) as is_on_time,
    position
from judged
