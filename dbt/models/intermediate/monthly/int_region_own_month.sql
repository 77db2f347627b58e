{{ config(materialized='table') }}

-- Sums over the units of exactly one code; orphans are what units abolished at D still hold.
select
    region_code,
    month_no,
    count(case when in_scope then 1 end) as units_in_scope,
    count(case when in_scope and has_letter then 1 end) as units_with_letter,
    count(case when in_scope and letter_complete then 1 end) as units_letter_complete,
    count(case when in_scope and is_published then 1 end) as units_published,
    count(case when in_scope and is_late then 1 end) as units_late,
    {%- for figure in monthly_figures() %}
    cast(coalesce(sum(case when in_scope then {{ figure.name }} end), 0) as {{ figure.type }}) as {{ figure.name }},
    {%- endfor %}
    cast(coalesce(sum(case when is_abolished then commitments_overdue end), 0) as bigint) as orphan_commitments_overdue,
    cast(coalesce(sum(case when is_abolished then complaints_open_overdue end), 0) as bigint)
        as orphan_complaints_open_overdue,
    cast(coalesce(sum(case when is_abolished then listings_active end), 0) as bigint) as orphan_listings_active
from {{ ref('int_unit_figure_month') }}
group by region_code, month_no
having
    count(case when in_scope then 1 end) > 0
    or sum(case when is_abolished then commitments_overdue + complaints_open_overdue + listings_active end) > 0
