-- Indication of interest: what the regulation of the day the debt fell due lays on a late payer, a day, on what is still
-- unpaid (the feed does not say when a part was paid); of a debt cleared late, on the whole of it up to that day.
with debt as (
    select
        arrear.arrear_no,
        unit.uscc,
        unit.answerable_uscc,
        unit.answerable_region_code as region_code,
        arrear.amount_yuan,
        arrear.paid_yuan,
        arrear.due_on,
        case when arrear.cleared_on <= {{ as_of() }} then arrear.cleared_on end as cleared_on,
        arrear.is_open,
        arrear.is_open and arrear.due_on <= {{ as_of() }} as is_overdue,
        case
            when arrear.is_open then arrear.amount_yuan - arrear.paid_yuan
            when arrear.cleared_on <= {{ as_of() }} then arrear.amount_yuan
            else 0
        end as bearing_yuan,
        greatest(
            0,
            {{ days_between(
                'arrear.due_on',
                "case when arrear.cleared_on <= " ~ as_of() ~ " then arrear.cleared_on else " ~ as_of() ~ " end"
            ) }}
        ) as days_late
    from {{ ref('int_arrear') }} as arrear
    inner join {{ ref('int_answerable_now') }} as unit on arrear.unit_no = unit.unit_no
)

select
    debt.arrear_no,
    debt.uscc,
    debt.answerable_uscc,
    debt.region_code,
    debt.amount_yuan,
    debt.paid_yuan,
    cast(case when debt.is_open then debt.amount_yuan - debt.paid_yuan else 0 end as decimal(18, 2)) as unpaid_yuan,
    debt.due_on,
    debt.cleared_on,
    debt.is_overdue,
    case when debt.is_overdue then debt.days_late else 0 end as days_overdue,
    case
        when not debt.is_overdue then 'none'
        when debt.days_late <= 90 then 'up_to_90_days'
        when debt.days_late <= 365 then 'up_to_a_year'
        when debt.days_late <= 1095 then 'up_to_3_years'
        else 'over_3_years'
    end as age,
    regulation.regulation,
    cast(regulation.term_days as bigint) as term_days,
    cast(regulation.longest_term_days as bigint) as longest_term_days,
    cast(round(debt.bearing_yuan * debt.days_late * coalesce(regulation.daily_rate, 0), 2) as decimal(18, 2))
        as interest_yuan
from debt
left join ({{ payment_regulations() }}) as regulation
    on debt.due_on >= regulation.effective_from and debt.due_on < regulation.effective_to
