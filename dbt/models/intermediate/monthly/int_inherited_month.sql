-- rules.md, "Answerable unit at D": figures are made for the unit that a row names, and move to the one that answers for
-- it at the month's D. All of them are sums, so only those of abolished units have to move.
select
    answerable.answerable_no as unit_no,
    answerable.month_no,
    {%- for figure in monthly_figures() %}
    cast(coalesce(sum({{ figure.source }}.{{ figure.name }}), 0) as {{ figure.type }}) as {{ figure.name }}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from {{ ref('int_answerable') }} as answerable
{%- for source in ['commitment', 'complaint', 'listing', 'judgment', 'record'] %}
left join {{ ref('int_' ~ source ~ '_monthly') }} as {{ source }}
    on answerable.unit_no = {{ source }}.unit_no and answerable.month_no = {{ source }}.month_no
{%- endfor %}
where answerable.answerable_no <> answerable.unit_no
group by answerable.answerable_no, answerable.month_no
