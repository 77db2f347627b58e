{{ config(materialized='view') }}

{%- set steps = [
    ('clue', 'clue_on'), ('approved', 'approved_on'), ('transferred', 'transferred_on'),
    ('investigated', 'investigated_on'), ('proposed', 'proposed_on'), ('heard', 'heard_on'), ('decided', 'decided_on'),
    ('executed', 'executed_on'), ('appealed', 'appealed_on'), ('appeal_decided', 'appeal_decided_on')
] %}

-- Notice of Xinxiang, 四(二): clue, approval, transfer, investigation, proposal, hearing, decision, execution, appeal.
select
    accountability.record_no,
    unit.uscc,
    unit.answerable_uscc,
    unit.answerable_region_code as region_code,
    accountability.kind,
    accountability.subject,
    accountability.field,
    accountability.decided_on,
    case
        {%- for stage, column in steps | reverse %}
        when accountability.{{ column }} <= {{ as_of() }} then '{{ stage }}'
        {%- endfor %}
    end as stage,
    {%- for stage, column in steps %}
    {%- if not loop.first %}
    case
        when
            accountability.{{ column }} < greatest(
                {%- for earlier, before in steps[:loop.index0] %}
                coalesce(accountability.{{ before }}, cast('1900-01-01' as date)),
                {%- endfor %}
                cast('1900-01-01' as date)
            )
            then cast(1 as bigint)
        else cast(0 as bigint)
    end{% if not loop.last %} +{% else %} as steps_out_of_order,{% endif %}
    {%- endif %}
    {%- endfor %}
    coalesce(accountability.heard_on > accountability.decided_on, true) as is_decided_without_hearing,
    coalesce(accountability.revoked_on <= {{ as_of() }}, false) as is_revoked
from {{ ref('stg_accountability') }} as accountability
inner join {{ ref('int_answerable_now') }} as unit on accountability.unit_no = unit.unit_no
where accountability.decided_on <= {{ as_of() }}
