-- One row for each place and channel with a complaint in the period: received, in time, substantiated.
with counted as (
    select
        place.region_code,
        handling.channel,
        count(*) filter (handling.event = 'received') as complaints_received,
        count(*) filter (handling.event = 'accept_due') as complaints_accept_due,
        count(*) filter (handling.event = 'accept_due' and handling.is_in_time) as complaints_accepted_on_time,
        count(*) filter (handling.event = 'due') as complaints_due,
        count(*) filter (handling.event = 'due' and handling.is_in_time) as complaints_resolved_on_time,
        count(*) filter (handling.event = 'substantiated') as complaints_substantiated
    from handling
    inner join place on starts_with(handling.region_code, place.prefix)
    group by place.region_code, handling.channel
)

select
    *,
    cast(complaints_accepted_on_time as double) / nullif(complaints_accept_due, 0) as acceptance_rate,
    cast(complaints_resolved_on_time as double) / nullif(complaints_due, 0) as resolution_rate
from counted
order by region_code, complaints_received desc, channel
