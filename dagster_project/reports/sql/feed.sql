-- One row for each core feed and month from January to this one in which it did not come: `missing` once its time is over.
select
    feed.feed,
    feed.month,
    alert.alert_id is not null as is_missing
from feed_monthly as feed
cross join asked
left join alert on alert.alert_id = 'feed_missing:' || feed.feed || ':' || strftime(feed.month, '%Y-%m')
where not feed.reported
    and feed.month <= asked.month
    and feed.is_core
order by feed.feed, feed.month
