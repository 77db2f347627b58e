-- One row for each month of the period and unit in scope in it: its complaints accepted, resolved and rectified in that month.
-- As in the marts, complaints belong to the unit that answers at the month's end, and only those count that are no
-- duplicate, not excluded, and came while the unit that they name had a policy.
-- In: the variables starts_on, through_on (the period's D), as_of.
with counted as (
    select ticket.ticket_no, ticket.uscc, ticket.accepted_on, ticket.resolved_on, ticket.rectified_on
    from fct_complaint as ticket
    inner join dim_organization as unit on ticket.uscc = unit.uscc
    where not ticket.is_duplicate and ticket.excluded_reason is null
        and exists (
            select 1 from region_policy as policy
            where policy.region_code = unit.region_code
                and policy.valid_from <= ticket.received_on
                and coalesce(policy.valid_to > ticket.received_on, true)
        )
),

-- What was resolved was accepted, whoever forgot to write it down.
happened as (
    select uscc, 'accepted' as what, coalesce(accepted_on, resolved_on) as happened_on from counted
    union all
    select uscc, 'resolved', resolved_on from counted
    union all
    select uscc, 'rectified', rectified_on from counted
),

summed as (
    select
        coalesce(succession.answerable_uscc, happened.uscc) as uscc,
        cast(date_trunc('month', happened.happened_on) as date) as month,
        count(*) filter (happened.what = 'accepted') as complaints_accepted,
        count(*) filter (happened.what = 'resolved') as complaints_resolved,
        count(*) filter (happened.what = 'rectified') as complaints_rectified
    from happened
    left join succession
        on happened.uscc = succession.uscc
        and succession.valid_from <= least(last_day(happened.happened_on), getvariable('as_of'))
        and coalesce(succession.valid_to > least(last_day(happened.happened_on), getvariable('as_of')), true)
    where happened.happened_on between getvariable('starts_on') and getvariable('through_on')
    group by 1, 2
)

select
    unit.month,
    unit.uscc,
    unit.region_code,
    coalesce(summed.complaints_accepted, 0) as complaints_accepted,
    coalesce(summed.complaints_resolved, 0) as complaints_resolved,
    coalesce(summed.complaints_rectified, 0) as complaints_rectified
from org_monthly as unit
left join summed on unit.uscc = summed.uscc and unit.month = summed.month
where unit.in_scope and unit.month between getvariable('starts_on') and getvariable('through_on')
order by unit.month, unit.region_code, unit.uscc
