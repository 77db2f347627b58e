-- One row for each place and month up to this one, at most thirteen: coverage with the target it had, listings with the
-- entries and exits of the month.
select region.region_code, region.month, region.coverage_rate, region.coverage_target, region.fulfilment_ratio,
    region.resolution_rate, region.listings_active, region.listings_new, region.listings_exited
from region_monthly as region
cross join asked
inner join place on region.region_code = place.region_code
where region.reach = 'all' and region.month between asked.month - interval 12 month and asked.month
order by region.region_code, region.month
