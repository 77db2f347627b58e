{#- Deductions whose rules differ in a condition or in the points alone (rules.md, "Annual assessment"). -#}

{#- For the letter of a unit that is assessed: where `condition` holds of `unit`, and the day `due_on` is asked of it and over. -#}
{% macro letter_deduction(type, condition, due_on=none) %}
select
    rule.unit_no,
    rule.year,
    rule.rule_id,
    rule.rule_no,
    'letter' as evidence_kind,
    rule.uscc || ':' || cast(rule.year as varchar(4)) as evidence_id,
    cast(null as varchar(1)) as matter,
    rule.month_end as occurred_on,
    1 as quantity,
    {{ points('rule.points') }} as points_raw
from {{ ref('int_scoring_rule') }} as rule
inner join {{ ref('int_assessed_unit') }} as unit
    on rule.unit_no = unit.unit_no and rule.year = unit.year
{%- if due_on %}
inner join {{ ref('int_due_date_asked') }} as asked
    on unit.unit_no = asked.unit_no and unit.month_no = asked.month_no
{%- endif %}
where
    rule.type = '{{ type }}'
    and {{ condition }}
    {%- if due_on %}
    and unit.month_end > asked.{{ due_on }}
    {%- endif %}
{% endmacro %}

{#- For each record of the rule's kinds that counts in the year: `worth` of `rule` and `counting`, in points. -#}
{% macro record_deduction(type, worth) %}
select
    rule.unit_no,
    rule.year,
    rule.rule_id,
    rule.rule_no,
    'record' as evidence_kind,
    counting.record_id as evidence_id,
    counting.matter,
    counting.occurred_on,
    counting.weight as quantity,
    {{ points(worth) }} as points_raw
from {{ ref('int_scoring_rule') }} as rule
inner join {{ source('policy', 'rule_kind') }} as rule_kind
    on rule.policy_id = rule_kind.policy_id and rule.rule_id = rule_kind.rule_id
inner join {{ ref('int_record_counting') }} as counting
    on
        rule.unit_no = counting.answerable_no
        and rule.year = counting.year
        and rule_kind.kind = counting.kind
where rule.type = '{{ type }}'
{% endmacro %}
