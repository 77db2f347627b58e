-- rules.md, "Region tree": the `all` row of a region is the sum of the `own` rows of itself and everything below.
{%- set sums = region_counts() + (monthly_figures() | map(attribute='name') | list) + orphan_counts() %}

with below as (
    select
        ancestry.ancestor_code as region_code,
        own.month,
        {%- for name in sums %}
        sum(own.{{ name }}) as {{ name }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ ref('region_monthly') }} as own
    inner join {{ ref('int_ancestry') }} as ancestry on own.region_code = ancestry.region_code
    where own.reach = 'own'
    group by ancestry.ancestor_code, own.month
)

select
    whole.region_code,
    whole.month
from {{ ref('region_monthly') }} as whole
left join below on whole.region_code = below.region_code and whole.month = below.month
where
    whole.reach = 'all'
    and (
        {%- for name in sums %}
        {%- if not loop.first %}
        or
        {%- endif %}
        whole.{{ name }} <> coalesce(below.{{ name }}, 0)
        {%- endfor %}
    )
