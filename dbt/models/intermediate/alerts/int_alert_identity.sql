{%- set feeds = [
    'commitment_letters', 'commitments', 'publications', 'complaints', 'court_cases', 'dishonest_debtors',
    'accountability', 'record_actions', 'arrears', 'inventories', 'rectifications', 'evaluations', 'honours',
    'proposals', 'opinions', 'listing_notices'
] %}

-- Names that a person should decide on: nothing is attributed by likeness alone.
with seen as (
    {%- for feed in feeds %}
    select distinct
        '{{ feed }}' as feed,
        mention_id
    from {{ ref('stg_' ~ feed ~ '_versions') }}
    where is_current and not retracted and unit_no is null and mention_id is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

alike as (
    select distinct likeness.seen_norm
    from {{ ref('stg_likeness') }} as likeness
    inner join {{ ref('stg_unit_name') }} as borne on likeness.borne_norm = borne.name_norm
    where not borne.is_classified
)

select distinct
    seen.feed || ':' || mention.unit_name as subject,
    '单位名称无法认定，与名录中的单位相近，请认定' as message
from seen
inner join {{ ref('stg_mention') }} as mention on seen.mention_id = mention.mention_id
inner join alike on mention.name_norm = alike.seen_norm
left join {{ ref('stg_classified_name') }} as classified on mention.name_norm = classified.name_norm
where
    (mention.is_unresolved or mention.is_conflict)
    and not mention.is_about_classified
    and not mention.is_decided
    and classified.name_norm is null
