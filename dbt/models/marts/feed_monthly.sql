select
    month.feed,
    month.month,
    month.is_core,
    coalesce(bool_or(delivery.received_on is not null), false) as reported,
    count(case when delivery.received_on <= month.last_day_of_month then 1 end) as deliveries,
    cast(
        coalesce(sum(case when delivery.received_on <= month.last_day_of_month then delivery.rows_loaded end), 0)
        as bigint
    ) as rows_loaded
from {{ ref('int_feed_month') }} as month
left join {{ ref('int_delivery') }} as delivery
    on
        month.feed = delivery.feed
        and delivery.status = 'loaded'
        and delivery.received_on between month.month and month.reported_until
group by month.feed, month.month, month.is_core
