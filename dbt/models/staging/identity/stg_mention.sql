{{ config(materialized='table') }}

select
    mention.*,
    likeness.seen_norm is not null as resembles_a_unit
from {{ ref('stg_mention_resolved') }} as mention
left join (
    select distinct seen_norm
    from {{ ref('stg_likeness') }}
) as likeness on mention.name_norm = likeness.seen_norm
