{%- set flows = monthly_figures() | selectattr('is_flow') | map(attribute='name') | list %}
{%- set sums = region_counts() + (monthly_figures() | map(attribute='name') | list) + orphan_counts() %}

-- Flows add up over the quarter's months; year-to-date and stock figures are those of its last month in the span.
with quarter as (
    select
        quarter,
        max(month_no) as last_month_no,
        max(year) as year
    from {{ ref('int_month') }}
    group by quarter
),

summed as (
    select
        region.region_code,
        region.reach,
        quarter.quarter,
        quarter.last_month_no,
        quarter.year,
        {%- for name in sums %}
        {%- if name in flows %}
        cast(sum(region.{{ name }}) as bigint) as {{ name }}
        {%- else %}
        cast(
            coalesce(sum(case when region.month_no = quarter.last_month_no then region.{{ name }} end), 0)
            as {{ 'decimal(18, 2)' if name.startswith('amount') else 'bigint' }}
        ) as {{ name }}
        {%- endif %}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ ref('int_region_month') }} as region
    inner join {{ ref('int_month') }} as month on region.month_no = month.month_no
    inner join quarter on month.quarter = quarter.quarter
    group by region.region_code, region.reach, quarter.quarter, quarter.last_month_no, quarter.year
),

figure as (
    select
        summed.*,
        {{ parent_region('summed.region_code') }} as parent_code,
        {{ region_rates('summed') }}
    from summed
),

ranked as (
    select
        region_code,
        quarter,
        rank() over (
            partition by quarter, parent_code
            order by
                coverage_rate desc nulls last,
                fulfilment_ratio desc nulls last,
                resolution_rate desc nulls last
        ) as rank
    from figure
    where reach = 'all'
)

select
    figure.region_code,
    figure.reach,
    figure.quarter,
    target.policy_id,
    {%- for name in sums %}
    figure.{{ name }},
    {%- endfor %}
    figure.coverage_rate,
    cast(december.units_with_letter as double) / nullif(cast(december.units_in_scope as double), 0)
        as coverage_rate_prior_year,
    figure.publicity_rate,
    figure.fulfilment_ratio,
    figure.on_time_ratio,
    figure.amount_fulfilment_ratio,
    figure.acceptance_rate,
    figure.resolution_rate,
    figure.satisfaction_rate,
    target.coverage_target,
    target.coverage_next_target,
    target.publicity_target,
    case when figure.reach = 'all' then ranked.rank end as rank
from figure
left join {{ ref('int_region_month') }} as december
    on
        figure.region_code = december.region_code
        and figure.reach = december.reach
        and december.month_no = figure.year * 12 - 1
left join {{ ref('int_region_target_month') }} as target
    on figure.region_code = target.region_code and figure.last_month_no = target.month_no
left join ranked on figure.region_code = ranked.region_code and figure.quarter = ranked.quarter
