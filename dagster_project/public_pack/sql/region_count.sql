-- One row for each month of the period and region in it: the sums of complaint_count over its units and all below it.
-- In: the table complaint_count, the variables starts_on, through_on.
with region as (
    select
        month,
        region_code,
        case
            when region_code like '__0000' then substr(region_code, 1, 2)
            when region_code like '____00' then substr(region_code, 1, 4)
            else region_code
        end as prefix
    from region_monthly
    where reach = 'all' and month between getvariable('starts_on') and getvariable('through_on')
)

select
    region.month,
    region.region_code,
    cast(coalesce(sum(counted.complaints_accepted), 0) as bigint) as complaints_accepted,
    cast(coalesce(sum(counted.complaints_resolved), 0) as bigint) as complaints_resolved,
    cast(coalesce(sum(counted.complaints_rectified), 0) as bigint) as complaints_rectified
from region
left join complaint_count as counted
    on region.month = counted.month and starts_with(counted.region_code, region.prefix)
group by region.month, region.region_code
order by region.month, region.region_code
