{{ config(materialized='view') }}

-- Notice of Hegang, 三: who stands on the roster and is silent, and who reports and stands on none.
with seen as (
    {%- for feed in ['commitment_letters', 'commitments', 'publications', 'inventories'] %}
    select
        '{{ feed }}' as feed,
        mention_id
    from {{ ref('stg_' ~ feed ~ '_versions') }}
    where is_current and not retracted and unit_no is null and mention_id is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

-- Names and codes of classified units, and names like theirs.
classified as (
    select name_norm
    from {{ ref('stg_classified_name') }}
    union
    select likeness.seen_norm as name_norm
    from {{ ref('stg_likeness') }} as likeness
    inner join {{ ref('stg_unit_name') }} as borne on likeness.borne_norm = borne.name_norm
    where borne.is_classified
)

select
    'silent' as kind,
    unit.uscc as subject,
    unit.name,
    unit.uscc,
    unit.region_code,
    cast(0 as bigint) as rows_seen
from {{ ref('int_unit_month') }} as scope
inner join {{ ref('int_unit') }} as unit on scope.unit_no = unit.unit_no
where
    scope.month_no = {{ month_no(as_of()) }}
    and scope.in_scope
    and not scope.has_letter
union all
select
    'unlisted' as kind,
    coalesce(mention.unit_name, mention.uscc) || coalesce(' ' || mention.region_code, '') as subject,
    min(mention.unit_name) as name,
    min(mention.uscc) as uscc,
    min(mention.region_code) as region_code,
    count(*) as rows_seen
from seen
inner join {{ ref('stg_mention') }} as mention on seen.mention_id = mention.mention_id
left join classified on mention.name_norm = classified.name_norm
where
    (mention.is_unresolved or mention.is_conflict)
    and not mention.is_about_classified
    and not mention.is_decided
    and classified.name_norm is null
group by coalesce(mention.unit_name, mention.uscc) || coalesce(' ' || mention.region_code, '')
