-- The marts' quarters as periods; of a unit, window sums over the quarter's months, the rest as at its last one.
create temp table region_period as
select
    *,
    make_date(cast(substr(quarter, 1, 4) as int), 3 * cast(substr(quarter, 6, 1) as int) - 2, 1) as starts_on
from region_quarterly;

create temp table org_period as
with summed as (
    select
        uscc,
        cast(date_trunc('quarter', month) as date) as starts_on,
        max(month) as last_month,
        sum(complaints_received) as complaints_received,
        sum(complaints_due) as complaints_due,
        sum(complaints_resolved_on_time) as complaints_resolved_on_time,
        sum(complaints_substantiated) as complaints_substantiated,
        sum(listings_new) as listings_new,
        sum(listings_exited) as listings_exited,
        sum(judgments_lost) as judgments_lost,
        sum(records_new) as records_new
    from org_monthly
    where month <= (select month from asked)
    group by uscc, date_trunc('quarter', month)
)

select
    summed.starts_on,
    unit.* replace (
        cast(summed.complaints_received as bigint) as complaints_received,
        cast(summed.complaints_due as bigint) as complaints_due,
        cast(summed.complaints_resolved_on_time as bigint) as complaints_resolved_on_time,
        cast(summed.complaints_substantiated as bigint) as complaints_substantiated,
        cast(summed.listings_new as bigint) as listings_new,
        cast(summed.listings_exited as bigint) as listings_exited,
        cast(summed.judgments_lost as bigint) as judgments_lost,
        cast(summed.records_new as bigint) as records_new
    )
from summed
inner join org_monthly as unit on summed.uscc = unit.uscc and summed.last_month = unit.month;
