with commitment as (
    select
        commitment.commitment_no,
        commitment.unit_no,
        commitment.due_on,
        commitment.due_month,
        {{ commitment_state('commitment', 'contradiction.commitment_no is not null', month_no(as_of())) }} as state
    from {{ ref('int_commitment') }} as commitment
    left join {{ ref('int_contradiction') }} as contradiction
        on
            commitment.commitment_no = contradiction.commitment_no
            and contradiction.month_no = {{ month_no(as_of()) }}
    where commitment.unit_no is not null
)

select
    'commitment_due_soon' as kind,
    unit_no,
    commitment_no as subject,
    due_on,
    '承诺事项即将到期' as message
from commitment
where
    state = 'in_progress'
    and due_on > {{ as_of() }}
    and due_on <= date_add({{ as_of() }}, 30)
union all
select
    'commitment_overdue' as kind,
    unit_no,
    commitment_no as subject,
    due_on,
    case state
        when 'breached' then '承诺事项违约'
        when 'contradicted' then '承诺事项已报兑现，但核查属实的投诉与之相反'
        else '承诺事项逾期未兑现'
    end as message
from commitment
where
    state in ('overdue', 'breached')
    or (state = 'contradicted' and due_month is not null)
