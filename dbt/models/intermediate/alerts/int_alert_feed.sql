-- Core feeds that are missing for a month: not reported, and the last day to report in time is past.
select
    month.feed || ':' || cast(year(month.month) as varchar(4)) || '-' || right('0' || cast(month(month.month) as varchar(2)), 2)
        as subject,
    month.reported_until as due_on,
    '当月未报送' as message
from {{ ref('int_feed_month') }} as month
left join {{ ref('int_delivery') }} as delivery
    on
        month.feed = delivery.feed
        and delivery.status = 'loaded'
        and delivery.received_on between month.month and month.reported_until
where
    month.is_core
    and month.reported_until < {{ as_of() }}
    and delivery.feed is null
