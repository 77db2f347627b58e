-- Notice of Ganzhou, 二(三): a promise is changed only by due procedure, and whoever loses by it is compensated. What is due
-- and cannot be read is not taken for nothing (feeds.md).
with asked as (
    select
        *,
        case when not compensation_unreadable then coalesce(compensation_due_yuan, 0) end as due_yuan,
        coalesce(compensated_yuan, 0) as paid_yuan
    from {{ ref('int_commitment') }}
    where
        status = 'changed'
        or compensation_unreadable
        or compensation_due_yuan > 0
        or compensated_yuan > 0
)

select
    asked.commitment_no,
    unit.uscc,
    unit.answerable_uscc,
    unit.answerable_region_code as region_code,
    asked.year,
    {{ replace_each('asked.title', 'untold.names', '***') }} as title,  -- noqa: PRS
    asked.status,
    asked.change_basis is not null as has_basis,
    asked.change_approved_on,
    asked.is_lawful_change,
    cast(asked.due_yuan as decimal(18, 2)) as compensation_due_yuan,
    cast(asked.paid_yuan as decimal(18, 2)) as compensated_yuan,
    cast(asked.due_yuan - least(asked.due_yuan, asked.paid_yuan) as decimal(18, 2)) as unpaid_yuan,
    case
        when asked.due_yuan is null then 'unreadable'
        when asked.due_yuan = 0 then 'none_due'
        when asked.paid_yuan >= asked.due_yuan then 'paid'
        else 'short'
    end as state
from asked
inner join {{ ref('int_answerable_now') }} as unit on asked.unit_no = unit.unit_no
left join {{ ref('int_untold_title') }} as untold on asked.title = untold.title
