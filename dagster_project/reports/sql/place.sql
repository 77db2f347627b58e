-- One row for each place of the paper, in the order of codes: its figures of the period, and against the one before and
-- a year ago. Differences of rates are of exact values, as percentage points; what begins anew each
-- year is not compared with December.
with period_of as (
    select region.*
    from region_period as region
    inner join place on region.region_code = place.region_code
    where region.reach = 'all'
)

select
    place.region_code,
    place.prefix,
    place.parent_code,
    place.level,
    place.name,
    now.* exclude (region_code, reach),
    before.rank as rank_before,
    case
        when month(asked.starts_on) > 1
            then 100 * (cast(now.coverage_rate as decimal(18, 15)) - cast(before.coverage_rate as decimal(18, 15)))
    end as coverage_change,
    case
        when month(asked.starts_on) > 1
            then 100 * (cast(now.fulfilment_ratio as decimal(18, 15)) - cast(before.fulfilment_ratio as decimal(18, 15)))
    end as fulfilment_change,
    100 * (cast(now.resolution_rate as decimal(18, 15)) - cast(before.resolution_rate as decimal(18, 15)))
        as resolution_change,
    100 * (cast(now.coverage_rate as decimal(18, 15)) - cast(last_year.coverage_rate as decimal(18, 15)))
        as coverage_change_year,
    100 * (cast(now.fulfilment_ratio as decimal(18, 15)) - cast(last_year.fulfilment_ratio as decimal(18, 15)))
        as fulfilment_change_year,
    100 * (cast(now.resolution_rate as decimal(18, 15)) - cast(last_year.resolution_rate as decimal(18, 15)))
        as resolution_change_year,
    100 * (cast(now.coverage_target as decimal(18, 15)) - cast(now.coverage_rate as decimal(18, 15)))
        as coverage_gap,
    100 * (cast(now.publicity_target as decimal(18, 15)) - cast(now.publicity_rate as decimal(18, 15)))
        as publicity_gap,
    now.units_in_scope - now.units_with_letter as units_without_letter,
    now.units_with_letter - now.units_published as units_unpublished,
    now.commitments_fulfilled - now.commitments_on_time as commitments_fulfilled_late,
    now.complaints_received - before.complaints_received as complaints_received_change,
    now.complaints_received - last_year.complaints_received as complaints_received_change_year,
    now.commitments_overdue - before.commitments_overdue as commitments_overdue_change,
    now.listings_active - before.listings_active as listings_active_change,
    now.listings_active - last_year.listings_active as listings_active_change_year,
    own.units_in_scope as own_units_in_scope
from place
cross join asked
inner join period_of as now on place.region_code = now.region_code and now.starts_on = asked.starts_on
left join period_of as before on place.region_code = before.region_code and before.starts_on = asked.starts_before
left join period_of as last_year
    on place.region_code = last_year.region_code and last_year.starts_on = asked.starts_last_year
left join region_period as own
    on place.region_code = own.region_code and own.reach = 'own' and own.starts_on = asked.starts_on
order by place.region_code
