-- One row for each deduction of the year, numbered in the order of the ranking: its rule, what it is about, how many
-- rows of deliveries it rests on. A record has the kind and the status that it had at the end of the year.
with proof as (
    select uscc, rule_id, evidence_kind, evidence_id, count(*) as evidence_rows
    from evidence
    inner join asked on evidence.year = year(asked.starts_on)
    group by uscc, rule_id, evidence_kind, evidence_id
)

select
    row_number() over (order by unit.unit_no, rule.type, taken.rule_id, taken.occurred_on, taken.evidence_id, taken.evidence_kind)
        as deduction_no,
    taken.uscc,
    unit.unit_name,
    unit.region_code,
    unit.policy_id,
    taken.rule_id,
    case when rule.type in ('per_record', 'percent_per_record') then 'record' else rule.type end as cause,
    case rule.type
        when 'shortfall' then rule.metric
        when 'per_overdue' then rule.item
        when 'per_record' then record.kind
        when 'percent_per_record' then record.kind
    end as subject,
    rule.set_by,
    taken.evidence_kind,
    taken.evidence_id,
    taken.occurred_on,
    taken.quantity,
    taken.points_raw,
    taken.points_applied,
    record.kind as record_kind,
    record.status as record_status,
    coalesce(proof.evidence_rows, 0) as evidence_rows
from annual_deduction as taken
inner join asked on taken.year = year(asked.starts_on)
inner join scored_unit as unit on taken.uscc = unit.uscc
left join scoring_rule as rule on unit.policy_id = rule.policy_id and taken.rule_id = rule.rule_id
left join record_period as record
    on taken.evidence_kind = 'record'
    and taken.evidence_id = record.record_id
    and taken.uscc = record.answerable_uscc
    and record.valid_from <= asked.through_on
    and coalesce(record.valid_to > asked.through_on, true)
left join proof
    on taken.uscc = proof.uscc
    and taken.rule_id = proof.rule_id
    and taken.evidence_kind = proof.evidence_kind
    and taken.evidence_id = proof.evidence_id
order by deduction_no
