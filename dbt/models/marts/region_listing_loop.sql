{%- set stages = [
    ('shared', 'days_notice_to_listing', 'published_on', none),
    ('warned', 'days_to_warning', 'warned_on', 'shared'),
    ('feedback', 'days_to_feedback', 'feedback_on', 'warned'),
    ('exited', 'days_to_exit', 'removed_on', 'feedback')
] -%}

-- Notice of Ganzhou, 四(一): how long the stages of the loop take, and what waits for each of them. What is only noticed
-- waits to be listed: units at risk before they are listed. A notice after the stage was reached is of no use for it.
with stepped as (
    {%- for stage, days, reached_on, stage_before in stages %}
    select
        region_code as unit_region_code,
        '{{ stage }}' as stage,
        case when {{ days }} >= 0 then {{ days }} end as days,
        case when {{ reached_on }} <= {{ as_of() }} and notice_on <= {{ reached_on }}
            then {{ days_between('notice_on', reached_on) }} end as days_from_notice,
        {{ "case when stage = '" ~ stage_before ~ "' then stage_since end" if stage_before else 'cast(null as date)' }}
            as waiting_since
    from {{ ref('listing_loop') }}
    union all
    select
        region_code as unit_region_code,
        '{{ stage }}' as stage,
        cast(null as bigint) as days,
        cast(null as bigint) as days_from_notice,
        {{ 'cast(null as date)' if stage_before else 'notice_on' }} as waiting_since
    from {{ ref('listing_notice') }}
    where state = 'planned'
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

reached as (
    select
        stepped.unit_region_code as region_code,
        'own' as reach,
        stepped.*
    from stepped
    union all
    select
        ancestry.ancestor_code as region_code,
        'all' as reach,
        stepped.*
    from stepped
    inner join {{ ref('int_ancestry') }} as ancestry on stepped.unit_region_code = ancestry.region_code
),

counted as (
    select
        region_code,
        reach,
        stage,
        count(days) as listings,
        cast(sum(days) as bigint) as days,
        count(days_from_notice) as listings_noticed,
        cast(sum(days_from_notice) as bigint) as days_from_notice,
        count(waiting_since) as waiting,
        min(waiting_since) as waiting_since
    from reached
    group by region_code, reach, stage
)

select
    region_code,
    reach,
    stage,
    listings,
    cast(
        case when listings > 0 then {{ exact_ratio(whole('days'), whole('listings'), 2) }} end as decimal(12, 2)
    ) as mean_days,
    listings_noticed,
    cast(
        case
            when listings_noticed > 0
                then {{ exact_ratio(whole('days_from_notice'), whole('listings_noticed'), 2) }}
        end as decimal(12, 2)
    ) as mean_days_from_notice,
    waiting,
    waiting_since
from counted
