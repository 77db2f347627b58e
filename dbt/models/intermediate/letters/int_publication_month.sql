{{ config(materialized='table') }}

-- How many of the channels that count for a unit hold a publication of the year at D, and how many count.
with list as (
    select
        policy_id,
        org_type,
        count(distinct channel) as channels
    from {{ source('policy', 'publicity_channel') }}
    group by policy_id, org_type
),

scope as (
    select
        scope.unit_no,
        scope.month_no,
        scope.month_end,
        scope.year,
        coalesce(scope.policy_id, '') as policy_id,
        coalesce(own.org_type, common.org_type) as list_key,
        coalesce(own.channels, common.channels) as channels
    from {{ ref('int_unit_scope') }} as scope
    left join list as own on coalesce(scope.policy_id, '') = own.policy_id and scope.org_type = own.org_type
    left join list as common on coalesce(scope.policy_id, '') = common.policy_id and common.org_type = 'default'
)

select
    scope.unit_no,
    scope.month_no,
    scope.channels,
    count(distinct publication.channel) as channels_active
from scope
inner join {{ ref('stg_publications') }} as publication
    on
        scope.unit_no = publication.unit_no
        and scope.year = publication.year
        and scope.month_end >= publication.published_on
        and coalesce(publication.removed_on > scope.month_end, true)
left join {{ source('policy', 'publicity_channel') }} as wanted
    on
        scope.policy_id = wanted.policy_id
        and scope.list_key = wanted.org_type
        and publication.channel = wanted.channel
where scope.list_key is null or wanted.channel is not null
group by scope.unit_no, scope.month_no, scope.channels
