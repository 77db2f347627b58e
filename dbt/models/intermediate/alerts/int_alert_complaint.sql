with ticket as (
    select *
    from {{ ref('int_complaint') }}
    where
        unit_no is not null
        and has_policy
        and not is_duplicate
        and not is_excluded
),

soon as (
    select min(later.day) as day
    from {{ ref('int_calendar') }} as today
    inner join {{ ref('int_calendar') }} as later on today.workday_no + 3 = later.workday_no
    where today.day = {{ as_of() }}
)

select
    'complaint_due_soon' as kind,
    ticket.unit_no,
    ticket.ticket_no as subject,
    ticket.resolve_due_on as due_on,
    '投诉即将到办结期限' as message
from ticket
cross join soon
where
    ticket.resolved_month is null
    and ticket.resolve_due_on > {{ as_of() }}
    and ticket.resolve_due_on <= soon.day
union all
select
    'complaint_overdue' as kind,
    unit_no,
    ticket_no as subject,
    resolve_due_on as due_on,
    '投诉逾期未办结' as message
from ticket
where
    resolved_month is null
    and resolve_due_month is not null
union all
select
    'rectification_overdue' as kind,
    unit_no,
    evidence_id as subject,
    occurred_on as due_on,
    '整改逾期未完成' as message
from {{ ref('int_overdue_item') }}
where
    item = 'rectification'
    and month_no = {{ month_no(as_of()) }}
