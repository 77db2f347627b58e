-- One row for each place of the paper and reach (`all`: with what is below it, `own`: the units of exactly its code): its
-- figures of the period, and against the one before and a year ago. Differences of rates are of exact values, as
-- percentage points; what begins anew each year is not compared with December.
with period_of as (
    select region.*
    from region_period as region
    inner join place on region.region_code = place.region_code
    where region.reach in ('all', 'own')
)

select
    place.* exclude (policy_id),
    now.* exclude (region_code),
    before.rank as rank_before,
    100 * (cast(now.coverage_rate as decimal(18, 15)) - cast(so_far.coverage_rate as decimal(18, 15)))
        as coverage_change,
    100 * (cast(now.coverage_rate as decimal(18, 15)) - cast(last_year.coverage_rate as decimal(18, 15)))
        as coverage_change_year,
    100 * (cast(now.publicity_rate as decimal(18, 15)) - cast(so_far.publicity_rate as decimal(18, 15)))
        as publicity_change,
    100 * (cast(now.publicity_rate as decimal(18, 15)) - cast(last_year.publicity_rate as decimal(18, 15)))
        as publicity_change_year,
    100 * (cast(now.fulfilment_ratio as decimal(18, 15)) - cast(so_far.fulfilment_ratio as decimal(18, 15)))
        as fulfilment_change,
    100 * (cast(now.fulfilment_ratio as decimal(18, 15)) - cast(last_year.fulfilment_ratio as decimal(18, 15)))
        as fulfilment_change_year,
    100 * (cast(now.on_time_ratio as decimal(18, 15)) - cast(so_far.on_time_ratio as decimal(18, 15)))
        as on_time_change,
    100 * (cast(now.on_time_ratio as decimal(18, 15)) - cast(last_year.on_time_ratio as decimal(18, 15)))
        as on_time_change_year,
    100 * (cast(now.acceptance_rate as decimal(18, 15)) - cast(before.acceptance_rate as decimal(18, 15)))
        as acceptance_change,
    100 * (cast(now.acceptance_rate as decimal(18, 15)) - cast(last_year.acceptance_rate as decimal(18, 15)))
        as acceptance_change_year,
    100 * (cast(now.resolution_rate as decimal(18, 15)) - cast(before.resolution_rate as decimal(18, 15)))
        as resolution_change,
    100 * (cast(now.resolution_rate as decimal(18, 15)) - cast(last_year.resolution_rate as decimal(18, 15)))
        as resolution_change_year,
    100 * (cast(now.satisfaction_rate as decimal(18, 15)) - cast(before.satisfaction_rate as decimal(18, 15)))
        as satisfaction_change,
    100 * (cast(now.satisfaction_rate as decimal(18, 15)) - cast(last_year.satisfaction_rate as decimal(18, 15)))
        as satisfaction_change_year,
    100 * (cast(now.coverage_target as decimal(18, 15)) - cast(now.coverage_rate as decimal(18, 15)))
        as coverage_gap,
    100 * (cast(now.publicity_target as decimal(18, 15)) - cast(now.publicity_rate as decimal(18, 15)))
        as publicity_gap,
    now.units_in_scope - now.units_with_letter as units_without_letter,
    now.units_with_letter - now.units_published as units_unpublished,
    now.commitments_fulfilled - now.commitments_on_time as commitments_fulfilled_late,
    now.complaints_received - before.complaints_received as complaints_received_change,
    now.complaints_received - last_year.complaints_received as complaints_received_change_year,
    now.complaints_open_overdue - before.complaints_open_overdue as complaints_open_overdue_change,
    now.complaints_open_overdue - last_year.complaints_open_overdue as complaints_open_overdue_change_year,
    now.commitments_overdue - before.commitments_overdue as commitments_overdue_change,
    now.commitments_overdue - last_year.commitments_overdue as commitments_overdue_change_year,
    now.listings_active - before.listings_active as listings_active_change,
    now.listings_active - last_year.listings_active as listings_active_change_year,
    now.records_new - before.records_new as records_new_change,
    now.records_new - last_year.records_new as records_new_change_year
from place
cross join asked
inner join period_of as now on place.region_code = now.region_code and now.starts_on = asked.starts_on
left join period_of as before
    on now.region_code = before.region_code and now.reach = before.reach and before.starts_on = asked.starts_before
-- What begins anew each year.
left join period_of as so_far
    on now.region_code = so_far.region_code
    and now.reach = so_far.reach
    and so_far.starts_on = asked.starts_before
    and so_far.starts_on >= asked.year_start
left join period_of as last_year
    on now.region_code = last_year.region_code
    and now.reach = last_year.reach
    and last_year.starts_on = asked.starts_last_year
