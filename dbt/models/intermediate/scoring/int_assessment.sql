-- The year's D is the smaller of its last day and `as_of`: the last of its months in the span.
select
    year,
    max(month_no) as month_no,
    max(month_end) as month_end,
    {{ day_of_year('year', "'01-01'") }} as year_start
from {{ ref('int_month') }}
group by year
