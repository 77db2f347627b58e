{{ config(materialized='table') }}

{%- set feeds = [
    'commitment_letters', 'commitments', 'publications', 'complaints', 'court_cases', 'dishonest_debtors',
    'accountability', 'record_actions', 'arrears', 'identity_decisions', 'procedures', 'inventories', 'transfers',
    'rectifications', 'evaluations', 'honours', 'proposals', 'opinions', 'tasks', 'listing_notices'
] %}

with version as (
    select
        version.delivery_id,
        version.is_duplicate,
        version.is_warned or clash.position is not null as is_warned
    from {{ ref('stg_organizations_versions') }} as version
    left join {{ ref('stg_name_clash') }} as clash on version.position = clash.position
    {%- for feed in feeds %}
    union all
    select
        delivery_id,
        is_duplicate,
        is_warned
    from {{ ref('stg_' ~ feed ~ '_versions') }}
    {%- endfor %}
)

select
    delivery_id,
    count(case when not is_duplicate then 1 end) as rows_loaded,
    count(case when is_duplicate then 1 end) as rows_duplicate,
    count(case when is_warned then 1 end) as rows_warned
from version
group by delivery_id
