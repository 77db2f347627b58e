-- rules.md, "Not reported": a month's deliveries are in time up to the tenth workday after its last day.
select
    feed.feed,
    feed.is_core,
    month.month_no,
    month.month,
    month.last_day_of_month,
    min(workday.day) as reported_until
from {{ ref('stg_feed') }} as feed
cross join {{ ref('int_month') }} as month
inner join {{ ref('int_calendar') }} as ends on month.last_day_of_month = ends.day
inner join {{ ref('int_calendar') }} as workday on ends.workday_no + 10 = workday.workday_no
group by feed.feed, feed.is_core, month.month_no, month.month, month.last_day_of_month
