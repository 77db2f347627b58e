-- As the monthly figures of a region: sums over its units in scope at D, and beside them what abolished units left.
with placed as (
    select
        scope.region_code as unit_region_code,
        scope.in_scope,
        figures.*
    from {{ ref('org_field') }} as figures
    inner join {{ ref('int_unit') }} as unit on figures.uscc = unit.uscc
    inner join {{ ref('int_assessment') }} as assessment on figures.year = assessment.year
    inner join {{ ref('int_unit_month') }} as scope
        on unit.unit_no = scope.unit_no and assessment.month_no = scope.month_no
    where
        scope.in_scope
        or (unit.abolished_month <= assessment.month_no and figures.commitments_overdue > 0)
),

reached as (
    {{ by_reach('placed') }}
),

scoped as (
    select
        region.region_code,
        region.reach,
        assessment.year,
        region.units_in_scope
    from {{ ref('int_region_month') }} as region
    inner join {{ ref('int_assessment') }} as assessment on region.month_no = assessment.month_no
),

added as (
    select
        region_code,
        reach,
        year,
        dimension,
        code,
        count(case when in_scope and commitments > 0 then 1 end) as units_committed,
        {%- for figure in [
            'commitments', 'commitments_due', 'commitments_fulfilled', 'commitments_overdue', 'complaints', 'records'
        ] %}
        cast(sum(case when in_scope then {{ figure }} else 0 end) as bigint) as {{ figure }},
        {%- endfor %}
        cast(sum(case when in_scope then 0 else commitments_overdue end) as bigint) as orphan_commitments_overdue
    from reached
    group by region_code, reach, year, dimension, code
)

select
    added.*,
    cast(added.units_committed as double) / nullif(cast(scoped.units_in_scope as double), 0) as coverage_rate,
    cast(added.commitments_fulfilled as double) / nullif(cast(added.commitments_due as double), 0) as fulfilment_ratio
from added
left join scoped
    on
        added.region_code = scoped.region_code
        and added.reach = scoped.reach
        and added.year = scoped.year
