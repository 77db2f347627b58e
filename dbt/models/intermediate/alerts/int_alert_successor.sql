-- Open items of units that are abolished and have nobody to answer for them.
with commitment as (
    select
        commitment.commitment_no,
        commitment.unit_no,
        {{ commitment_state('commitment', 'contradiction.commitment_no is not null', month_no(as_of())) }} as state
    from {{ ref('int_commitment') }} as commitment
    left join {{ ref('int_contradiction') }} as contradiction
        on
            commitment.commitment_no = contradiction.commitment_no
            and contradiction.month_no = {{ month_no(as_of()) }}
),

item as (
    select
        unit_no,
        'commitments:' || commitment_no as subject
    from commitment
    where state in ('in_progress', 'overdue', 'breached', 'contradicted')
    union all
    select
        unit_no,
        'complaints:' || ticket_no as subject
    from {{ ref('int_complaint') }}
    where
        has_policy
        and not is_duplicate
        and not is_excluded
        and resolved_month is null
    union all
    select
        unit_no,
        'rectifications:' || rectification_no as subject
    from {{ ref('stg_rectifications') }}
    where coalesce(completed_on > {{ as_of() }}, true)
    union all
    select
        at_risk.unit_no,
        'court_cases:' || at_risk.case_no || ':' || unit.uscc as subject
    from {{ ref('int_at_risk') }} as at_risk
    inner join {{ ref('int_unit') }} as unit on at_risk.unit_no = unit.unit_no
    union all
    select
        listing.unit_no,
        'dishonest_debtors:' || listing.case_no || ':' || unit.uscc as subject
    from {{ ref('int_listing') }} as listing
    inner join {{ ref('int_unit') }} as unit on listing.unit_no = unit.unit_no
    where listing.removed_month is null
    union all
    select
        unit_no,
        'arrears:' || arrear_no as subject
    from {{ ref('int_arrear') }}
    where is_open
)

select
    item.unit_no,
    item.subject,
    '单位已撤销且无承接单位，事项未了结' as message
from item
inner join {{ ref('int_answerable_now') }} as unit on item.unit_no = unit.unit_no
inner join {{ ref('int_unit') }} as answering on unit.answerable_no = answering.unit_no
where answering.is_abolished
