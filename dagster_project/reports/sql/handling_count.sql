-- One row for each place: the rectifications ordered for complaints found substantiated in the period, and how they stand
-- at its end; the transfers of tickets in the period.
with ordered as (
    select
        place.region_code,
        count(*) as rectifications_ordered,
        count(*) filter (handling.is_rectified) as rectifications_done
    from handling
    inner join place on starts_with(handling.region_code, place.prefix)
    where handling.is_rectified_by_order
    group by place.region_code
),

overdue as (
    select
        place.region_code,
        count(*) as rectifications_overdue
    from handling
    inner join place on starts_with(handling.overdue_region_code, place.prefix)
    where handling.is_rectified_by_order and handling.is_rectification_overdue
    group by place.region_code
),

passed_on as (
    select
        place.region_code,
        count(*) as transfers,
        count(distinct transfer.ticket_no) as tickets_transferred,
        count(*) filter (transfer.transfer_no > 1) as transfers_again
    from transfer
    inner join asked on transfer.transferred_on between asked.starts_on and asked.through_on
    inner join answering on transfer.uscc = answering.uscc
    inner join org_monthly as unit
        on answering.answerable_uscc = unit.uscc and unit.month = asked.month and unit.in_scope
    inner join place on starts_with(answering.region_code, place.prefix)
    group by place.region_code
)

select
    place.region_code,
    coalesce(ordered.rectifications_ordered, 0) as rectifications_ordered,
    coalesce(ordered.rectifications_done, 0) as rectifications_done,
    coalesce(overdue.rectifications_overdue, 0) as rectifications_overdue,
    coalesce(passed_on.transfers, 0) as transfers,
    coalesce(passed_on.tickets_transferred, 0) as tickets_transferred,
    coalesce(passed_on.transfers_again, 0) as transfers_again
from place
left join ordered on place.region_code = ordered.region_code
left join overdue on place.region_code = overdue.region_code
left join passed_on on place.region_code = passed_on.region_code
order by place.region_code
