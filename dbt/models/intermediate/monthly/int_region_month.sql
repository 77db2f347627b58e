{{ config(materialized='table') }}

{%- set sums = region_counts() + (monthly_figures() | map(attribute='name') | list) + orphan_counts() %}

-- Each region of a month twice: its own units, and all units below it.
with whole as (
    select
        ancestry.ancestor_code as region_code,
        'all' as reach,
        own.month_no,
        {%- for name in sums %}
        sum(own.{{ name }}) as {{ name }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ ref('int_region_own_month') }} as own
    inner join {{ ref('int_ancestry') }} as ancestry on own.region_code = ancestry.region_code
    group by ancestry.ancestor_code, own.month_no
)

select
    region_code,
    reach,
    month_no,
    {%- for name in sums %}
    cast({{ name }} as {{ 'decimal(18, 2)' if name.startswith('amount') else 'bigint' }}) as {{ name }}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from whole
union all
select
    whole.region_code,
    'own' as reach,
    whole.month_no,
    {%- for name in sums %}
    cast(coalesce(own.{{ name }}, 0) as {{ 'decimal(18, 2)' if name.startswith('amount') else 'bigint' }}) as {{ name }}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from whole
left join {{ ref('int_region_own_month') }} as own
    on whole.region_code = own.region_code and whole.month_no = own.month_no
