-- Every figure of a unit in scope is counted in exactly one province.
{%- set names = monthly_figures() | map(attribute='name') | list %}

with unit as (
    select
        month,
        count(case when in_scope then 1 end) as units_in_scope,
        {%- for name in names %}
        sum(case when in_scope then {{ name }} else 0 end) as {{ name }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ ref('org_monthly') }}
    group by month
),

province as (
    select
        month,
        sum(units_in_scope) as units_in_scope,
        {%- for name in names %}
        sum({{ name }}) as {{ name }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ ref('region_monthly') }}
    where reach = 'all' and right(region_code, 4) = '0000'
    group by month
)

select unit.month
from unit
left join province on unit.month = province.month
where
    unit.units_in_scope <> coalesce(province.units_in_scope, 0)
    {%- for name in names %}
    or unit.{{ name }} <> coalesce(province.{{ name }}, 0)
    {%- endfor %}
