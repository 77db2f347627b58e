-- The quarters whose inventory may fall due in the span, with their last day.
select
    cast(year(month) as varchar(4)) || 'Q' || cast(cast(floor((month(month) + 2) / 3.0) as int) as varchar(1)) as quarter,
    last_day(date_add(month, 62)) as quarter_end
from (
    select calendar.day as month
    from {{ ref('int_calendar') }} as calendar
    where
        day(calendar.day) = 1
        and month(calendar.day) in (1, 4, 7, 10)
        and calendar.day <= {{ as_of() }}
        and calendar.day >= date_add({{ span_start() }}, -1200)
) as first_day
