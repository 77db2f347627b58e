-- JS6: over the codes of a dimension, the commitments of a unit, as those of a region, add up to the year's last month.
{%- set figures = ['commitments_due', 'commitments_fulfilled', 'commitments_overdue'] %}
with split as (
    select
        uscc as subject,
        'unit' as reach,
        year,
        dimension,
        commitments_due,
        commitments_fulfilled,
        commitments_overdue,
        0 as orphan_commitments_overdue
    from {{ ref('org_field') }}
    union all
    select
        region_code as subject,
        reach,
        year,
        dimension,
        commitments_due,
        commitments_fulfilled,
        commitments_overdue,
        orphan_commitments_overdue
    from {{ ref('region_field') }}
),

added as (
    select
        subject,
        reach,
        year,
        dimension,
        {%- for figure in figures %}
        sum({{ figure }}) as {{ figure }},
        {%- endfor %}
        sum(orphan_commitments_overdue) as orphan_commitments_overdue
    from split
    where dimension <> 'complaint'
    group by subject, reach, year, dimension
),

figured as (
    select
        uscc as subject,
        'unit' as reach,
        month,
        commitments_due,
        commitments_fulfilled,
        commitments_overdue,
        0 as orphan_commitments_overdue
    from {{ ref('org_monthly') }}
    union all
    select
        region_code as subject,
        reach,
        month,
        commitments_due,
        commitments_fulfilled,
        commitments_overdue,
        orphan_commitments_overdue
    from {{ ref('region_monthly') }}
),

last_month as (
    select
        figured.*,
        assessment.year,
        dimension.dimension
    from figured
    inner join {{ ref('int_month') }} as month on figured.month = month.month
    inner join {{ ref('int_assessment') }} as assessment on month.month_no = assessment.month_no
    cross join (
        select 'field' as dimension
        union all
        select 'category' as dimension
    ) as dimension
)

select
    coalesce(added.subject, last_month.subject) as subject,
    coalesce(added.reach, last_month.reach) as reach,
    coalesce(added.year, last_month.year) as year,
    coalesce(added.dimension, last_month.dimension) as dimension
from added
full outer join last_month
    on
        added.subject = last_month.subject
        and added.reach = last_month.reach
        and added.year = last_month.year
        and added.dimension = last_month.dimension
where
    coalesce(added.orphan_commitments_overdue, 0) <> coalesce(last_month.orphan_commitments_overdue, 0)
    {%- for figure in figures %}
    or coalesce(added.{{ figure }}, 0) <> coalesce(last_month.{{ figure }}, 0)
    {%- endfor %}
