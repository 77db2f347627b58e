{%- set sums = region_counts() + (monthly_figures() | map(attribute='name') | list) + orphan_counts() %}

with figure as (
    select
        region.*,
        {{ region_rates('region') }}
    from {{ ref('int_region_month') }} as region
)

select
    figure.region_code,
    figure.reach,
    month.month,
    target.policy_id,
    {%- for name in sums %}
    figure.{{ name }},
    {%- endfor %}
    figure.coverage_rate,
    december.coverage_rate as coverage_rate_prior_year,
    figure.publicity_rate,
    figure.fulfilment_ratio,
    figure.on_time_ratio,
    figure.amount_fulfilment_ratio,
    figure.acceptance_rate,
    figure.resolution_rate,
    figure.satisfaction_rate,
    target.coverage_target,
    target.coverage_next_target,
    target.publicity_target
from figure
inner join {{ ref('int_month') }} as month on figure.month_no = month.month_no
left join figure as december
    on
        figure.region_code = december.region_code
        and figure.reach = december.reach
        and december.month_no = month.year * 12 - 1
left join {{ ref('int_region_target_month') }} as target
    on figure.region_code = target.region_code and figure.month_no = target.month_no
