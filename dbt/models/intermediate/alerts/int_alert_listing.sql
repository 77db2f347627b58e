-- The days after which a silence becomes an alert are those of the answerable unit's policy at `as_of`.
with term as (
    select
        unit.unit_no,
        policy.risk_days,
        policy.feedback_days
    from {{ ref('int_answerable_now') }} as unit
    left join {{ ref('int_unit_month') }} as scope
        on unit.answerable_no = scope.unit_no and scope.month_no = {{ month_no(as_of()) }}
    left join {{ source('policy', 'policy') }} as policy on scope.policy_id = policy.policy_id
),

active as (
    select *
    from {{ ref('int_listing') }}
    where removed_month is null
)

select
    'listing_planned' as kind,
    unit_no,
    case_no,
    planned_list_on as due_on,
    '法院拟列入失信被执行人名单' as message
from {{ ref('int_listing_notice') }}
where is_planned
union all
select
    'listing_risk' as kind,
    at_risk.unit_no,
    at_risk.case_no,
    cast(null as date) as due_on,
    '执行案件长期未履行，有列入失信被执行人名单的风险' as message
from {{ ref('int_at_risk') }} as at_risk
inner join {{ ref('int_court_case') }} as court_case
    on at_risk.case_no = court_case.case_no and at_risk.unit_no = court_case.unit_no
inner join term on at_risk.unit_no = term.unit_no
where {{ days_between('court_case.filed_on', as_of()) }} > term.risk_days
union all
select
    'listing_active' as kind,
    unit_no,
    case_no,
    cast(null as date) as due_on,
    '在失信被执行人名单中' as message
from active
union all
select
    'listing_unanswered' as kind,
    active.unit_no,
    active.case_no,
    date_add(active.warned_on, cast(term.feedback_days as int)) as due_on,
    '收到工作提示单后逾期未反馈' as message
from active
inner join term on active.unit_no = term.unit_no
where
    active.warned_month is not null
    and active.feedback_month is null
    and {{ days_between('active.warned_on', as_of()) }} > term.feedback_days
