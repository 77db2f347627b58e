-- rules.md, "Not reported": from 15 to 31 December the notices of planned listings are due every day.
select
    calendar.day,
    count(delivery.delivery_id) > 0 as reported,
    count(delivery.delivery_id) as deliveries
from {{ ref('int_calendar') }} as calendar
left join {{ ref('int_delivery') }} as delivery
    on
        calendar.day = delivery.received_on
        and delivery.feed = 'listing_notices'
        and delivery.status = 'loaded'
where
    month(calendar.day) = 12
    and day(calendar.day) between 15 and 31
    and calendar.day between {{ span_start() }} and {{ as_of() }}
group by calendar.day
