with placed as (
    select
        unit.region_code as unit_region_code,
        unit.in_scope,
        figures.*
    from {{ ref('org_field') }} as figures
    inner join {{ ref('dim_organization') }} as unit on figures.uscc = unit.uscc
),

reached as (
    {{ by_reach('placed') }}
),

scoped as (
    select
        region_code,
        reach,
        units_in_scope
    from {{ ref('region_monthly') }}
    where month = cast(date_trunc('month', {{ as_of() }}) as date)
),

added as (
    select
        region_code,
        reach,
        year,
        dimension,
        code,
        count(case when in_scope and commitments > 0 then 1 end) as units_committed,
        cast(sum(commitments) as bigint) as commitments,
        cast(sum(commitments_due) as bigint) as commitments_due,
        cast(sum(commitments_fulfilled) as bigint) as commitments_fulfilled,
        cast(sum(commitments_overdue) as bigint) as commitments_overdue,
        cast(sum(complaints) as bigint) as complaints,
        cast(sum(records) as bigint) as records
    from reached
    group by region_code, reach, year, dimension, code
)

select
    added.*,
    cast(added.units_committed as double) / nullif(cast(scoped.units_in_scope as double), 0) as coverage_rate,
    cast(added.commitments_fulfilled as double) / nullif(cast(added.commitments_due as double), 0) as fulfilment_ratio
from added
left join scoped on added.region_code = scoped.region_code and added.reach = scoped.reach
