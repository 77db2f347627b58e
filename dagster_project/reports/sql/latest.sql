-- One row: the first day of the last period that has ended and in one of whose months a core feed came; null where none has.
-- In: the variables months, as_of.
with reported as (
    select
        cast(
            date_trunc('year', month)
            + to_months(cast(month(month) - 1 - (month(month) - 1) % getvariable('months') as int)) as date
        ) as starts_on
    from feed_monthly
    where reported and is_core
)

select max(starts_on) as starts_on
from reported
where starts_on + to_months(cast(getvariable('months') as int)) <= cast(getvariable('as_of') as date) + interval 1 day
