with stated as (
    select
        commitment.*,
        {{ commitment_state('commitment', 'contradiction.commitment_no is not null', month_no(as_of())) }} as state
    from {{ ref('int_commitment') }} as commitment
    left join {{ ref('int_contradiction') }} as contradiction
        on
            commitment.commitment_no = contradiction.commitment_no
            and contradiction.month_no = {{ month_no(as_of()) }}
)

select
    stated.commitment_no,
    unit.uscc,
    unit.answerable_uscc,
    stated.year,
    stated.category,
    stated.field,
    {{ replace_each('stated.title', 'untold.names', '***') }} as title,  -- noqa: PRS
    stated.amount_yuan,
    stated.made_on,
    stated.due_on,
    stated.fulfilled_on,
    stated.state,
    case
        when stated.state in ('overdue', 'breached')
            then greatest(0, coalesce({{ days_between('stated.due_on', as_of()) }}, 0))
        else 0
    end as days_overdue
from stated
left join {{ ref('int_untold_title') }} as untold on stated.title = untold.title
left join {{ ref('int_answerable_now') }} as unit on stated.unit_no = unit.unit_no
