-- marts.md: no mart names a classified unit.
{%- set columns = [
    ('dim_organization', 'uscc'), ('dim_organization', 'parent_uscc'), ('dim_organization', 'successor_uscc'),
    ('dim_organization', 'answerable_uscc'), ('fct_commitment', 'uscc'), ('fct_complaint', 'uscc'),
    ('fct_court_case', 'uscc'), ('fct_listing', 'uscc'), ('fct_integrity_record', 'uscc'), ('org_monthly', 'uscc'),
    ('annual_assessment', 'uscc'), ('annual_deduction', 'uscc'), ('alert', 'uscc')
] %}

with named as (
    {%- for mart, column in columns %}
    select distinct
        '{{ mart }}.{{ column }}' as place,
        {{ column }} as uscc
    from {{ ref(mart) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select named.place
from named
inner join {{ ref('int_unit') }} as unit on named.uscc = unit.uscc
where unit.is_classified
