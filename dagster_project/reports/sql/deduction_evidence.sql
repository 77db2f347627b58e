-- One row for each row of a delivery on which a deduction rests: which file, sheet and row, and nothing of what it says.
select
    taken.deduction_no,
    taken.uscc,
    taken.unit_name,
    taken.region_code,
    evidence.feed,
    evidence.received_on,
    evidence.file,
    evidence.sheet,
    evidence.row_no
from evidence
inner join asked on evidence.year = year(asked.starts_on)
inner join deduction as taken
    on evidence.uscc = taken.uscc
    and evidence.rule_id = taken.rule_id
    and evidence.evidence_kind = taken.evidence_kind
    and evidence.evidence_id = taken.evidence_id
order by taken.deduction_no, evidence.feed, evidence.received_on, evidence.file, evidence.sheet, evidence.row_no
