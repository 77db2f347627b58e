select
    unit.uscc,
    month.month,
    figure.region_code,
    figure.policy_id,
    figure.in_scope,
    figure.has_letter,
    figure.letter_complete,
    figure.is_published,
    figure.is_late,
    {%- for column in monthly_figures() %}
    figure.{{ column.name }}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from {{ ref('int_unit_figure_month') }} as figure
inner join {{ ref('int_unit') }} as unit on figure.unit_no = unit.unit_no
inner join {{ ref('int_month') }} as month on figure.month_no = month.month_no
where
    figure.is_existing
    {%- for column in monthly_figures() %}
    or figure.{{ column.name }} <> 0
    {%- endfor %}
