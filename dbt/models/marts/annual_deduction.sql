select
    unit.uscc,
    deduction.year,
    deduction.rule_id,
    deduction.evidence_kind,
    deduction.evidence_id,
    deduction.matter,
    deduction.occurred_on,
    deduction.quantity,
    deduction.points_raw,
    deduction.points_applied,
    deduction.deduction_no
from {{ ref('int_deduction') }} as deduction
inner join {{ ref('int_unit') }} as unit on deduction.unit_no = unit.unit_no
