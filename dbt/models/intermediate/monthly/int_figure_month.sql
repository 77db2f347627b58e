{{ config(materialized='table') }}

-- Every figure is made for the unit that a row names, then moved to the one that answers at the month's D, and added up.
with sources as (
    select
        unit_no,
        month_no
    from {{ ref('int_commitment_monthly') }}
    union
    select
        unit_no,
        month_no
    from {{ ref('int_complaint_monthly') }}
    union
    select
        unit_no,
        month_no
    from {{ ref('int_listing_monthly') }}
    union
    select
        unit_no,
        month_no
    from {{ ref('int_judgment_monthly') }}
    union
    select
        unit_no,
        month_no
    from {{ ref('int_record_monthly') }}
)

select
    coalesce(answerable.answerable_no, named.unit_no) as unit_no,
    named.month_no,
    {%- for figure in monthly_figures() %}
    cast(coalesce(sum({{ figure.source }}.{{ figure.name }}), 0) as {{ figure.type }}) as {{ figure.name }}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from sources as named
left join {{ ref('int_answerable') }} as answerable
    on named.unit_no = answerable.unit_no and named.month_no = answerable.month_no
{%- for source in ['commitment', 'complaint', 'listing', 'judgment', 'record'] %}
left join {{ ref('int_' ~ source ~ '_monthly') }} as {{ source }}
    on named.unit_no = {{ source }}.unit_no and named.month_no = {{ source }}.month_no
{%- endfor %}
group by coalesce(answerable.answerable_no, named.unit_no), named.month_no
