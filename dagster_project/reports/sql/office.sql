-- One row for each topmost region of a period that has a policy of its own.
with ruled as (
    select
        region_code,
        case
            when region_code like '__0000' then substr(region_code, 1, 2)
            when region_code like '____00' then substr(region_code, 1, 4)
            else region_code
        end as prefix
    from region_period
    where starts_on = getvariable('starts_on') and reach = 'all' and policy_id is not null
)

select ruled.region_code
from ruled
where not exists (
    select 1 from ruled as above
    where above.region_code <> ruled.region_code and starts_with(ruled.region_code, above.prefix)
)
order by ruled.region_code
