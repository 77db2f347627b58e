{{ config(materialized='table') }}

with event as (
    select
        unit_no,
        published_month as month_no,
        1 as listings_new,
        0 as listings_exited,
        case when is_never_active then 0 else 1 end as active
    from {{ ref('int_listing') }}
    union all
    select
        unit_no,
        removed_month,
        0,
        1,
        case when is_never_active then 0 else -1 end
    from {{ ref('int_listing') }}
    where removed_month is not null
),

change as (
    select
        unit_no,
        greatest(month_no, {{ month_no(span_start()) }}) as month_no,
        sum(case when month_no >= {{ month_no(span_start()) }} then listings_new else 0 end) as listings_new,
        sum(case when month_no >= {{ month_no(span_start()) }} then listings_exited else 0 end) as listings_exited,
        sum(active) as active
    from event
    group by unit_no, greatest(month_no, {{ month_no(span_start()) }})
)

select
    grid.unit_no,
    grid.month_no,
    cast(
        coalesce(
            sum(change.active) over (partition by grid.unit_no order by grid.month_no rows unbounded preceding), 0
        ) as bigint
    ) as listings_active,
    cast(coalesce(change.listings_new, 0) as bigint) as listings_new,
    cast(coalesce(change.listings_exited, 0) as bigint) as listings_exited
from (
    select
        unit.unit_no,
        month.month_no
    from (
        select distinct unit_no
        from change
    ) as unit
    cross join {{ ref('int_month') }} as month
) as grid
left join change on grid.unit_no = change.unit_no and grid.month_no = change.month_no
