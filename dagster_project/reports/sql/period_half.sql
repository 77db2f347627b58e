-- The marts' months as half-years. A half-year of which the marts hold not the first month is none.
create temp table region_period as
with half as (
    select starts_on, max(month) as month
    from window_period
    where reach <> 'unit'
    group by starts_on
    having min(first_month) = starts_on
)

select
    region.* exclude (
        uscc, in_scope, has_letter, letter_complete, is_published, is_late, first_month
    ) replace (
        -- Stock figures are 0 where the last month lacks the region.
        case when region.month = half.month then region.complaints_open_overdue else 0 end as complaints_open_overdue,
        cast(region.complaints_accepted_on_time as double) / nullif(region.complaints_accept_due, 0)
            as acceptance_rate,
        cast(region.complaints_resolved_on_time as double) / nullif(region.complaints_due, 0) as resolution_rate,
        cast(region.complaints_satisfied as double) / nullif(region.complaints_rated, 0) as satisfaction_rate
    ),
    cast(null as bigint) as rank
from window_period as region
inner join half on region.starts_on = half.starts_on
where region.reach <> 'unit';
