-- What every query of a paper stands on, as temporary tables. In: the variables starts_on, months, as_of, prefix.
-- Nothing is judged here: the marts say what holds, these tables say only which month, which places, which units.

-- One row: the period, its D (rules.md) and the month of it, the periods it is compared with.
create temp table asked as
with given as (
    select
        cast(getvariable('starts_on') as date) as starts_on,
        cast(getvariable('as_of') as date) as as_of,
        cast(getvariable('months') as bigint) as months
),

ended as (
    select *, cast(starts_on + to_months(cast(months - 1 as int)) as date) as last_month
    from given
)

select
    starts_on,
    least(last_month, cast(date_trunc('month', as_of) as date)) as month,
    as_of,
    least(last_day(last_month), as_of) as through_on,
    as_of < last_day(last_month) as is_running,
    cast(starts_on - to_months(cast(months as int)) as date) as starts_before,
    cast(starts_on - interval 12 month as date) as starts_last_year,
    cast(date_trunc('year', starts_on) as date) as year_start
from ended;
