-- One row for each record that counts in the year and does not count whole, or is under objection, at its end.
select
    record.record_id,
    record.kind,
    unit.uscc,
    unit.unit_name,
    unit.region_code,
    record.occurred_on,
    record.status,
    record.weight
from record_period as record
cross join asked
inner join scored_unit as unit on record.answerable_uscc = unit.uscc
where record.valid_from <= asked.through_on
    and coalesce(record.valid_to > asked.through_on, true)
    and record.status <> 'active'
    and record.occurred_on <= asked.through_on
    and coalesce(record.counts_until >= greatest(asked.year_start, record.occurred_on), true)
order by unit.roster_no, record.occurred_on, record.record_id
