-- The commitments that stand overdue at the D of a month, counted by day, are those of the monthly figures.
with counted as (
    select
        coalesce(succession.answerable_uscc, period.uscc) as uscc,
        month.month,
        count(distinct period.commitment_no) as commitments_overdue
    from {{ ref('overdue_period') }} as period
    inner join {{ ref('int_month') }} as month
        on
            period.valid_from <= month.month_end
            and coalesce(period.valid_to > month.month_end, true)
    left join {{ ref('succession') }} as succession
        on
            period.uscc = succession.uscc
            and succession.valid_from <= month.month_end
            and coalesce(succession.valid_to > month.month_end, true)
    group by coalesce(succession.answerable_uscc, period.uscc), month.month
)

select
    coalesce(counted.uscc, figures.uscc) as uscc,
    coalesce(counted.month, figures.month) as month,
    counted.commitments_overdue,
    figures.commitments_overdue as commitments_overdue_of_the_month
from counted
full outer join {{ ref('org_monthly') }} as figures
    on counted.uscc = figures.uscc and counted.month = figures.month
where coalesce(counted.commitments_overdue, 0) <> coalesce(figures.commitments_overdue, 0)
