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
    cast(coalesce(figure.{{ figure.name }}, 0) as {{ figure.type }}) as {{ figure.name }}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from {{ ref('int_unit_month') }} as scope
inner join {{ ref('int_unit') }} as unit on scope.unit_no = unit.unit_no
left join {{ ref('int_figure_month') }} as figure
    on scope.unit_no = figure.unit_no and scope.month_no = figure.month_no
