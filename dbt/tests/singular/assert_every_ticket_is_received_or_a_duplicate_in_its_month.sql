-- Nothing is lost between the list of tickets about a unit and the sums of the months in which they came.
with listed as (
    select
        {{ month_no('received_on') }} as month_no,
        count(case when not is_duplicate then 1 end) as complaints_received,
        count(case when is_duplicate then 1 end) as complaints_duplicate
    from {{ ref('fct_complaint') }}
    where uscc is not null
    group by {{ month_no('received_on') }}
),

monthly as (
    select
        month,
        sum(complaints_received) as complaints_received,
        sum(complaints_duplicate) as complaints_duplicate
    from {{ ref('org_monthly') }}
    group by month
)

select month.month
from {{ ref('int_month') }} as month
left join listed on month.month_no = listed.month_no
left join monthly on month.month = monthly.month
where
    coalesce(listed.complaints_received, 0) <> coalesce(monthly.complaints_received, 0)
    or coalesce(listed.complaints_duplicate, 0) <> coalesce(monthly.complaints_duplicate, 0)
