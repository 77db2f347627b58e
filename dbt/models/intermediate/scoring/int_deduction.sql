{{ config(materialized='table') }}

{%- set rule_types = [
    'per_record', 'percent_per_record', 'missing_letter', 'incomplete_letter', 'unpublished_letter',
    'missing_inventory', 'shortfall', 'per_overdue'
] %}

-- rules.md, "One matter, one deduction", then the caps.
with evidence as (
    {%- for type in rule_types %}
    select
        unit_no,
        year,
        rule_id,
        rule_no,
        evidence_kind,
        evidence_id,
        matter,
        occurred_on,
        cast(quantity as decimal(12, 6)) as quantity,
        cast(points_raw as decimal(12, 4)) as points_raw
    from {{ ref('int_deduction_' ~ type) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

ranked as (
    select
        *,
        row_number() over (
            partition by unit_no, year, matter
            order by points_raw desc, rule_no asc, evidence_id asc
        ) as choice
    from evidence
),

kept as (
    select
        ranked.*,
        cast(rule.cap as decimal(12, 4)) as cap,
        sum(ranked.points_raw) over (
            partition by ranked.unit_no, ranked.year, ranked.rule_id
            order by ranked.occurred_on, ranked.evidence_id
            rows unbounded preceding
        ) as points_so_far
    from ranked
    inner join {{ ref('int_scoring_rule') }} as rule
        on
            ranked.unit_no = rule.unit_no
            and ranked.year = rule.year
            and ranked.rule_id = rule.rule_id
    where ranked.matter is null or ranked.choice = 1
)

select
    row_number() over (order by unit_no, year, rule_no, evidence_kind, evidence_id) as deduction_no,
    unit_no,
    year,
    rule_id,
    evidence_kind,
    evidence_id,
    matter,
    occurred_on,
    quantity,
    points_raw,
    cast(
        case
            when cap is null then points_raw
            else greatest(0, least(points_raw, cap - (points_so_far - points_raw)))
        end as decimal(12, 4)
    ) as points_applied
from kept
