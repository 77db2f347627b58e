{{ config(materialized='table') }}

with number as (
    select {{ month_no(span_start()) }} + i as month_no
    from {{ numbers(1200) }} as number
    where {{ month_no(span_start()) }} + i <= {{ month_no(as_of()) }}
),

first_day as (
    select
        number.month_no,
        calendar.day as month,
        last_day(calendar.day) as last_day_of_month
    from number
    inner join {{ ref('int_calendar') }} as calendar
        on {{ month_no('calendar.day') }} = number.month_no and day(calendar.day) = 1
)

select
    month_no,
    month,
    last_day_of_month,
    least(last_day_of_month, {{ as_of() }}) as month_end,
    cast(year(month) as bigint) as year,
    cast(year(month) as varchar(4)) || 'Q' || cast(cast(floor((month(month) + 2) / 3.0) as int) as varchar(1)) as quarter,
    month_no = {{ month_no(as_of()) }} as is_last
from first_day
