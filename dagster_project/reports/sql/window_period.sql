-- The marts' months as the periods of several months that a paper asks for: one row for each region, reach and period, and
-- for each unit of the period asked for (reach `unit`): window sums over its months, the rest as at the last one it has.
create temp table window_period as
with monthly as (
    select * from region_monthly
    union all by name
    select *, 'unit' as reach from org_monthly
    where starts_with(region_code, getvariable('prefix')) and month >= cast(getvariable('starts_on') as date)
),

dated as (
    select
        *,
        make_date(
            year(month), (month(month) - 1) // getvariable('months') * getvariable('months') + 1, 1
        ) as starts_on
    from monthly
    where month <= (select month from asked)
)

select
    * replace (
        cast(sum(complaints_received) over months as bigint) as complaints_received,
        cast(sum(complaints_duplicate) over months as bigint) as complaints_duplicate,
        cast(sum(complaints_excluded) over months as bigint) as complaints_excluded,
        cast(sum(complaints_accept_due) over months as bigint) as complaints_accept_due,
        cast(sum(complaints_accepted_on_time) over months as bigint) as complaints_accepted_on_time,
        cast(sum(complaints_due) over months as bigint) as complaints_due,
        cast(sum(complaints_resolved_on_time) over months as bigint) as complaints_resolved_on_time,
        cast(sum(complaints_substantiated) over months as bigint) as complaints_substantiated,
        cast(sum(complaints_rated) over months as bigint) as complaints_rated,
        cast(sum(complaints_satisfied) over months as bigint) as complaints_satisfied,
        cast(sum(listings_new) over months as bigint) as listings_new,
        cast(sum(listings_exited) over months as bigint) as listings_exited,
        cast(sum(judgments_lost) over months as bigint) as judgments_lost,
        cast(sum(records_new) over months as bigint) as records_new
    ),
    min(month) over months as first_month
from dated
window months as (partition by reach, region_code, uscc, starts_on)
qualify month = max(month) over months;

-- Of a unit that is no more at the period's end only the window sums are its own: its successor answers for the rest.
create temp table org_period as
select unit.* replace (
    unit.in_scope and unit.month = asked.month as in_scope,
    unit.has_letter and unit.month = asked.month as has_letter,
    unit.letter_complete and unit.month = asked.month as letter_complete,
    unit.is_published and unit.month = asked.month as is_published,
    unit.is_late and unit.month = asked.month as is_late,
    case when unit.month = asked.month then unit.commitments_made else 0 end as commitments_made,
    case when unit.month = asked.month then unit.commitments_due else 0 end as commitments_due,
    case when unit.month = asked.month then unit.commitments_fulfilled else 0 end as commitments_fulfilled,
    case when unit.month = asked.month then unit.commitments_on_time else 0 end as commitments_on_time,
    case when unit.month = asked.month then unit.commitments_overdue else 0 end as commitments_overdue,
    case when unit.month = asked.month then unit.amount_due_yuan else 0 end as amount_due_yuan,
    case when unit.month = asked.month then unit.amount_fulfilled_yuan else 0 end as amount_fulfilled_yuan,
    case when unit.month = asked.month then unit.complaints_open_overdue else 0 end as complaints_open_overdue,
    case when unit.month = asked.month then unit.listings_active else 0 end as listings_active
)
from window_period as unit
cross join asked
where unit.reach = 'unit'
    and (
        unit.month = asked.month
        or unit.complaints_received + unit.complaints_duplicate + unit.complaints_excluded + unit.complaints_accept_due
        + unit.complaints_due + unit.complaints_substantiated + unit.complaints_rated + unit.listings_new
        + unit.listings_exited + unit.judgments_lost + unit.records_new > 0
    );
