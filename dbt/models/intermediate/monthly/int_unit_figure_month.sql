{{ config(materialized='table') }}

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
    coalesce(unit.abolished_month <= scope.month_no, false) as is_abolished,
    {%- for figure in monthly_figures() %}
    cast(
        case
            when answerable.answerable_no <> scope.unit_no then 0
            else coalesce({{ figure.source }}.{{ figure.name }}, 0)
        end + coalesce(inherited.{{ figure.name }}, 0) as {{ figure.type }}
    ) as {{ figure.name }}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from {{ ref('int_unit_month') }} as scope
inner join {{ ref('int_unit') }} as unit on scope.unit_no = unit.unit_no
left join {{ ref('int_answerable') }} as answerable
    on scope.unit_no = answerable.unit_no and scope.month_no = answerable.month_no
left join {{ ref('int_inherited_month') }} as inherited
    on scope.unit_no = inherited.unit_no and scope.month_no = inherited.month_no
{%- for source in ['commitment', 'complaint', 'listing', 'judgment', 'record'] %}
left join {{ ref('int_' ~ source ~ '_monthly') }} as {{ source }}
    on scope.unit_no = {{ source }}.unit_no and scope.month_no = {{ source }}.month_no
{%- endfor %}
