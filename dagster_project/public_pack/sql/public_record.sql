-- One row for each record that may be shown at the end of the period, of a unit in scope then.
-- The policy decides which kinds enter the ledger, what a repair or an honest error weighs, and for how many years a
-- record counts. Not shown: what is revoked, exempt, repaired or still disputed; `discipline`, which is about persons;
-- `breach`, each of which is one complaint and would tell a count that is not shown; a listing that was never active,
-- which counts in no year (rules.md, "Years a record counts in").
-- A listing whose entry has been removed still counts, but is said to be so: `active` would read as listed today.
-- In: the variables through_on, month (the last of the period).
select
    unit.region_code,
    unit.uscc,
    organization.name as unit_name,
    entry.kind,
    case when entry.kind in ('judgment', 'listing') then record.source_key end as number,
    entry.occurred_on,
    case when listing.removed_on <= getvariable('through_on') then 'removed' else entry.status end as status
from record_period as entry
inner join fct_integrity_record as record on entry.record_id = record.record_id
left join fct_listing as listing
    on record.kind = 'listing' and record.source_key = listing.case_no and record.uscc = listing.uscc
inner join org_monthly as unit
    on entry.answerable_uscc = unit.uscc and unit.month = getvariable('month') and unit.in_scope
inner join dim_organization as organization on unit.uscc = organization.uscc
left join policy_parameter as years on unit.policy_id = years.policy_id and years.key = 'clearance.years'
where entry.valid_from <= getvariable('through_on')
    and coalesce(entry.valid_to > getvariable('through_on'), true)
    and entry.kind in ('judgment', 'listing', 'penalty', 'circular', 'accountability')
    and entry.status in ('active', 'lenient') and entry.weight > 0
    and coalesce(entry.counts_until >= entry.occurred_on, true)
    and year(least(coalesce(entry.counts_until, getvariable('through_on')), getvariable('through_on')))
        > year(getvariable('through_on')) - cast(years.value as bigint)
order by unit.region_code, unit.uscc, entry.occurred_on, entry.record_id
