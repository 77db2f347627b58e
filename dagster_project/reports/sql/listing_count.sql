-- One row for each place with a listing in the period: entries, exits and stages at its end, and what is announced.
with counted as (
    select
        place.region_code,
        count(*) filter (listing.is_new) as listings_new,
        count(*) filter (listing.is_exited) as listings_exited,
        count(*) filter (not listing.is_exited) as listings_active,
        count(*) filter (listing.stage = 'shared') as listings_shared,
        count(*) filter (listing.stage = 'warned') as listings_warned,
        count(*) filter (listing.stage = 'feedback') as listings_feedback
    from listing
    inner join place on starts_with(listing.region_code, place.prefix)
    group by place.region_code
),

announced as (
    select place.region_code, count(*) as listings_planned
    from planned_listing
    inner join place on starts_with(planned_listing.region_code, place.prefix)
    group by place.region_code
)

select
    place.region_code,
    coalesce(counted.listings_new, 0) as listings_new,
    coalesce(counted.listings_exited, 0) as listings_exited,
    coalesce(counted.listings_active, 0) as listings_active,
    coalesce(counted.listings_shared, 0) as listings_shared,
    coalesce(counted.listings_warned, 0) as listings_warned,
    coalesce(counted.listings_feedback, 0) as listings_feedback,
    coalesce(announced.listings_planned, 0) as listings_planned
from place
left join counted on place.region_code = counted.region_code
left join announced on place.region_code = announced.region_code
where coalesce(counted.region_code, announced.region_code) is not null
order by place.region_code
