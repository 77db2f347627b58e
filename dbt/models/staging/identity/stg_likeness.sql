{{ config(materialized='table') }}

-- Names resemble each other when 2 * |pairs in both| / (|pairs of one| + |pairs of the other|) is at least 0.8
-- (feeds.md). Such names share at least 2/3 of the pairs of either, so one of the rarest third must be shared: only names
-- that share one are compared in full. Rarest are the pairs that no unit bears, so most companies are never compared.
with name as (
    select distinct
        name_norm,
        true as is_seen
    from {{ ref('stg_mention_resolved') }}
    where name_norm is not null and (is_unresolved or is_conflict)
    union all
    select distinct
        name_norm,
        false as is_seen
    from {{ ref('stg_unit_name') }}
),

pair as (
    select distinct
        name.name_norm,
        name.is_seen,
        substring(name.name_norm, number.i + 1, 2) as pair
    from name
    inner join {{ numbers(256) }} as number on number.i < length(name.name_norm) - 1
),

rarity as (
    select
        pair,
        count(*) as names
    from pair
    where not is_seen
    group by pair
),

ranked as (
    select
        pair.name_norm,
        pair.is_seen,
        pair.pair,
        count(*) over (partition by pair.name_norm, pair.is_seen) as pairs,
        row_number() over (
            partition by pair.name_norm, pair.is_seen
            order by coalesce(rarity.names, 0), pair.pair
        ) as rarity_no
    from pair
    left join rarity on pair.pair = rarity.pair
),

candidate as (
    select distinct
        seen.name_norm as seen_norm,
        seen.pairs as seen_pairs,
        borne.name_norm as borne_norm,
        borne.pairs as borne_pairs
    from ranked as seen
    inner join ranked as borne on seen.pair = borne.pair
    where
        seen.is_seen
        and not borne.is_seen
        and seen.rarity_no <= seen.pairs - ceil(seen.pairs * 2 / 3.0) + 1
        and borne.rarity_no <= borne.pairs - ceil(borne.pairs * 2 / 3.0) + 1
        and 3 * seen.pairs >= 2 * borne.pairs
        and 3 * borne.pairs >= 2 * seen.pairs
),

scored as (
    select
        candidate.seen_norm,
        candidate.borne_norm,
        candidate.seen_pairs + candidate.borne_pairs as pairs,
        count(*) as pairs_in_both
    from candidate
    inner join pair as seen on candidate.seen_norm = seen.name_norm and seen.is_seen
    inner join pair as borne
        on candidate.borne_norm = borne.name_norm and not borne.is_seen and seen.pair = borne.pair
    group by candidate.seen_norm, candidate.borne_norm, candidate.seen_pairs, candidate.borne_pairs
)

select
    seen_norm,
    borne_norm,
    cast(2 * pairs_in_both as decimal(9, 0)) / pairs as likeness
from scored
where 10 * pairs_in_both >= 4 * pairs and seen_norm <> borne_norm
union all
select
    seen.name_norm as seen_norm,
    borne.name_norm as borne_norm,
    1 as likeness
from name as seen
inner join name as borne on seen.name_norm = borne.name_norm
where seen.is_seen and not borne.is_seen
