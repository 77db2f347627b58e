-- One row for each unit that counts in the period, or holds a figure in it, in the order of the roster.
select
    unit.uscc,
    organization.name as unit_name,
    unit.region_code,
    unit.in_scope,
    unit.has_letter,
    unit.letter_complete,
    unit.is_published,
    unit.is_late,
    unit.commitments_made,
    unit.commitments_due,
    unit.commitments_fulfilled,
    unit.commitments_on_time,
    unit.commitments_overdue,
    unit.complaints_received,
    unit.complaints_due,
    unit.complaints_resolved_on_time,
    unit.complaints_open_overdue,
    unit.complaints_substantiated,
    unit.listings_active,
    unit.listings_new,
    unit.listings_exited,
    unit.judgments_lost,
    unit.records_new
from org_period as unit
inner join asked on unit.starts_on = asked.starts_on
inner join dim_organization as organization on unit.uscc = organization.uscc
inner join roster on unit.uscc = roster.uscc
where starts_with(unit.region_code, getvariable('prefix'))
order by roster.roster_no
