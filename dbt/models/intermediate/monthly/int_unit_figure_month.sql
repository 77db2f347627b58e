{{ config(materialized='table') }}

-- `named_no`: the unit whose own figures a row holds, none where another unit answers for them.
with scope as (
    select
        scope.*,
        coalesce(unit.abolished_month <= scope.month_no, false) as is_abolished,
        case when coalesce(answerable.answerable_no, scope.unit_no) = scope.unit_no then scope.unit_no end as named_no
    from {{ ref('int_unit_month') }} as scope
    inner join {{ ref('int_unit') }} as unit on scope.unit_no = unit.unit_no
    left join {{ ref('int_answerable') }} as answerable
        on scope.unit_no = answerable.unit_no and scope.month_no = answerable.month_no
)

select
    scope.unit_no,
    scope.month_no,
    scope.region_code,
    scope.policy_id,
    scope.is_existing,
    scope.in_scope,
    scope.has_letter,
    scope.letter_complete,
    scope.is_published,
    scope.is_late,
    scope.is_abolished,
    {%- for figure in monthly_figures() %}
    cast(
        coalesce({{ figure.source }}.{{ figure.name }}, 0) + coalesce(inherited.{{ figure.name }}, 0) as {{ figure.type }}
    ) as {{ figure.name }}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from scope
left join {{ ref('int_inherited_month') }} as inherited
    on scope.unit_no = inherited.unit_no and scope.month_no = inherited.month_no
{%- for source in ['commitment', 'complaint', 'listing', 'judgment', 'record'] %}
left join {{ ref('int_' ~ source ~ '_monthly') }} as {{ source }}
    on scope.named_no = {{ source }}.unit_no and scope.month_no = {{ source }}.month_no
{%- endfor %}
