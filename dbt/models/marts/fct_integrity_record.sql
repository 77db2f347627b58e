select
    record.record_id,
    record.kind,
    matter.matter,
    unit.uscc,
    answering.uscc as answerable_uscc,
    record.occurred_on,
    record.field,
    state.status,
    state.weight,
    record.source_feed,
    record.record_key as source_key
from {{ ref('int_record') }} as record
inner join {{ ref('int_record_state') }} as state
    on record.record_id = state.record_id and state.month_no = {{ month_no(as_of()) }}
inner join {{ ref('int_record_matter') }} as matter
    on state.record_id = matter.record_id and state.month_no = matter.month_no
inner join {{ ref('int_unit') }} as unit on record.unit_no = unit.unit_no
inner join {{ ref('int_unit') }} as answering on state.answerable_no = answering.unit_no
