-- The marts' months as half-years: window sums over its months, the rest as at its last one. A half-year of which the
-- marts hold not the first month is none.
create temp table region_period as
with month_of as (
    select *, make_date(year(month), case when month(month) <= 6 then 1 else 7 end, 1) as starts_on
    from region_monthly
    where month <= (select month from asked)
),

half as (
    select starts_on, max(month) as month
    from month_of
    group by starts_on
    having min(month) = starts_on
),

summed as (
    select
        month_of.region_code,
        month_of.reach,
        half.starts_on,
        half.month as half_month,
        max(month_of.month) as last_month,
        cast(sum(month_of.complaints_received) as bigint) as complaints_received,
        cast(sum(month_of.complaints_duplicate) as bigint) as complaints_duplicate,
        cast(sum(month_of.complaints_excluded) as bigint) as complaints_excluded,
        cast(sum(month_of.complaints_accept_due) as bigint) as complaints_accept_due,
        cast(sum(month_of.complaints_accepted_on_time) as bigint) as complaints_accepted_on_time,
        cast(sum(month_of.complaints_due) as bigint) as complaints_due,
        cast(sum(month_of.complaints_resolved_on_time) as bigint) as complaints_resolved_on_time,
        cast(sum(month_of.complaints_substantiated) as bigint) as complaints_substantiated,
        cast(sum(month_of.complaints_rated) as bigint) as complaints_rated,
        cast(sum(month_of.complaints_satisfied) as bigint) as complaints_satisfied,
        cast(sum(month_of.listings_new) as bigint) as listings_new,
        cast(sum(month_of.listings_exited) as bigint) as listings_exited,
        cast(sum(month_of.judgments_lost) as bigint) as judgments_lost,
        cast(sum(month_of.records_new) as bigint) as records_new
    from month_of
    inner join half on month_of.starts_on = half.starts_on
    group by month_of.region_code, month_of.reach, half.starts_on, half.month
)

select
    summed.starts_on,
    cast(null as bigint) as rank,
    region.* replace (
        summed.complaints_received as complaints_received,
        summed.complaints_duplicate as complaints_duplicate,
        summed.complaints_excluded as complaints_excluded,
        summed.complaints_accept_due as complaints_accept_due,
        summed.complaints_accepted_on_time as complaints_accepted_on_time,
        summed.complaints_due as complaints_due,
        summed.complaints_resolved_on_time as complaints_resolved_on_time,
        summed.complaints_substantiated as complaints_substantiated,
        summed.complaints_rated as complaints_rated,
        summed.complaints_satisfied as complaints_satisfied,
        summed.listings_new as listings_new,
        summed.listings_exited as listings_exited,
        summed.judgments_lost as judgments_lost,
        summed.records_new as records_new,
        -- Stock figures are 0 where the last month lacks the region.
        case when summed.last_month = summed.half_month then region.complaints_open_overdue else 0 end
            as complaints_open_overdue,
        cast(summed.complaints_accepted_on_time as double) / nullif(summed.complaints_accept_due, 0)
            as acceptance_rate,
        cast(summed.complaints_resolved_on_time as double) / nullif(summed.complaints_due, 0) as resolution_rate,
        cast(summed.complaints_satisfied as double) / nullif(summed.complaints_rated, 0) as satisfaction_rate
    )
from summed
inner join region_monthly as region
    on summed.region_code = region.region_code and summed.reach = region.reach and summed.last_month = region.month;

create temp table org_period as
with summed as (
    select
        uscc,
        make_date(year(month), case when month(month) <= 6 then 1 else 7 end, 1) as starts_on,
        max(month) as last_month,
        sum(complaints_received) as complaints_received,
        sum(complaints_duplicate) as complaints_duplicate,
        sum(complaints_excluded) as complaints_excluded,
        sum(complaints_accept_due) as complaints_accept_due,
        sum(complaints_accepted_on_time) as complaints_accepted_on_time,
        sum(complaints_due) as complaints_due,
        sum(complaints_resolved_on_time) as complaints_resolved_on_time,
        sum(complaints_substantiated) as complaints_substantiated,
        sum(complaints_rated) as complaints_rated,
        sum(complaints_satisfied) as complaints_satisfied,
        sum(listings_new) as listings_new,
        sum(listings_exited) as listings_exited,
        sum(judgments_lost) as judgments_lost,
        sum(records_new) as records_new
    from org_monthly
    where month <= (select month from asked)
    group by uscc, make_date(year(month), case when month(month) <= 6 then 1 else 7 end, 1)
)

select
    summed.starts_on,
    unit.* replace (
        cast(summed.complaints_received as bigint) as complaints_received,
        cast(summed.complaints_duplicate as bigint) as complaints_duplicate,
        cast(summed.complaints_excluded as bigint) as complaints_excluded,
        cast(summed.complaints_accept_due as bigint) as complaints_accept_due,
        cast(summed.complaints_accepted_on_time as bigint) as complaints_accepted_on_time,
        cast(summed.complaints_due as bigint) as complaints_due,
        cast(summed.complaints_resolved_on_time as bigint) as complaints_resolved_on_time,
        cast(summed.complaints_substantiated as bigint) as complaints_substantiated,
        cast(summed.complaints_rated as bigint) as complaints_rated,
        cast(summed.complaints_satisfied as bigint) as complaints_satisfied,
        cast(summed.listings_new as bigint) as listings_new,
        cast(summed.listings_exited as bigint) as listings_exited,
        cast(summed.judgments_lost as bigint) as judgments_lost,
        cast(summed.records_new as bigint) as records_new
    )
from summed
inner join org_monthly as unit on summed.uscc = unit.uscc and summed.last_month = unit.month;
