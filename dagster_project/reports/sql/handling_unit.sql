-- One row for each unit with a complaint in the period, or with one or its rectification overdue at its end, in the order
-- of the roster.
with ordered as (
    select
        uscc,
        count(*) as rectifications_ordered,
        count(*) filter (is_rectified) as rectifications_done
    from handling
    where is_rectified_by_order
    group by uscc
),

overdue as (
    select
        overdue_uscc as uscc,
        count(*) as rectifications_overdue
    from handling
    where is_rectified_by_order and is_rectification_overdue
    group by overdue_uscc
)

select
    unit.uscc,
    organization.name as unit_name,
    unit.region_code,
    unit.complaints_received,
    unit.complaints_accept_due,
    unit.complaints_accepted_on_time,
    unit.complaints_due,
    unit.complaints_resolved_on_time,
    unit.complaints_open_overdue,
    unit.complaints_substantiated,
    coalesce(ordered.rectifications_ordered, 0) as rectifications_ordered,
    coalesce(ordered.rectifications_done, 0) as rectifications_done,
    coalesce(overdue.rectifications_overdue, 0) as rectifications_overdue
from org_period as unit
inner join asked on unit.starts_on = asked.starts_on
inner join dim_organization as organization on unit.uscc = organization.uscc
inner join roster on unit.uscc = roster.uscc
left join ordered on unit.uscc = ordered.uscc
left join overdue on unit.uscc = overdue.uscc
where starts_with(unit.region_code, getvariable('prefix'))
    and unit.complaints_received + unit.complaints_accept_due + unit.complaints_due + unit.complaints_substantiated
    + unit.complaints_open_overdue + coalesce(overdue.rectifications_overdue, 0) > 0
order by roster.roster_no
