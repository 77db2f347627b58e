with reached as (
    select
        region_code,
        'own' as reach,
        feed,
        month,
        reported
    from {{ ref('int_feed_reporting') }}
    union all
    select
        ancestry.ancestor_code as region_code,
        'all' as reach,
        reporting.feed,
        reporting.month,
        reporting.reported
    from {{ ref('int_feed_reporting') }} as reporting
    inner join {{ ref('int_ancestry') }} as ancestry on reporting.region_code = ancestry.region_code
),

counted as (
    select
        region_code,
        reach,
        feed,
        month,
        count(*) as units_asked,
        count(case when reported then 1 end) as units_reported
    from reached
    group by region_code, reach, feed, month
)

select
    region_code,
    reach,
    feed,
    month,
    units_asked,
    units_reported,
    cast(units_reported as double) / nullif(cast(units_asked as double), 0) as reporting_rate
from counted
