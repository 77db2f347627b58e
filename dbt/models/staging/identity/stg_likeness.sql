{{ config(materialized='table') }}

-- Names resemble each other when 2 * |pairs in both| / (|pairs of one| + |pairs of the other|) is at least 0.8
-- (feeds.md). Such names share at least 2/3 of the pairs of either, so one of the rarest third must be shared: only names
-- that share one are compared in full. Rarest are the pairs that no unit bears, so most companies are never compared.
with text as (
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

-- Millions of pairs are sorted and joined below: by a number, not by the name.
name as (
    select
        name_norm,
        is_seen,
        dense_rank() over (order by name_norm) as name_no
    from text
),

pair as (
    select distinct
        name.name_no,
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
        pair.name_no,
        pair.is_seen,
        pair.pair,
        count(*) over (partition by pair.name_no, pair.is_seen) as pairs,
        row_number() over (
            partition by pair.name_no, pair.is_seen
            order by coalesce(rarity.names, 0), pair.pair
        ) as rarity_no
    from pair
    left join rarity on pair.pair = rarity.pair
),

candidate as (
    select distinct
        seen.name_no as seen_no,
        borne.name_no as borne_no
    from ranked as seen
    inner join ranked as borne on seen.pair = borne.pair
    where
        seen.is_seen
        and not borne.is_seen
        and seen.name_no <> borne.name_no
        and seen.rarity_no <= seen.pairs - ceil(seen.pairs * 2 / 3.0) + 1
        and borne.rarity_no <= borne.pairs - ceil(borne.pairs * 2 / 3.0) + 1
        -- Besides the first pair that both have, only what follows it in either can be in both.
        and 10 * (least(seen.pairs - seen.rarity_no, borne.pairs - borne.rarity_no) + 1) >= 4 * (seen.pairs + borne.pairs)
        and 3 * seen.pairs >= 2 * borne.pairs
        and 3 * borne.pairs >= 2 * seen.pairs
),

name_pairs as (
    select
        name_no,
        is_seen,
        array_agg(pair) as pairs
    from pair
    group by name_no, is_seen
),

scored as (
    select
        candidate.seen_no,
        candidate.borne_no,
        cardinality(seen.pairs) + cardinality(borne.pairs) as pairs,
        cardinality(array_intersect(seen.pairs, borne.pairs)) as pairs_in_both
    from candidate
    inner join name_pairs as seen on candidate.seen_no = seen.name_no and seen.is_seen
    inner join name_pairs as borne on candidate.borne_no = borne.name_no and not borne.is_seen
)

select
    seen.name_norm as seen_norm,
    borne.name_norm as borne_norm,
    cast(2 * scored.pairs_in_both as decimal(9, 0)) / scored.pairs as likeness
from scored
inner join name as seen on scored.seen_no = seen.name_no and seen.is_seen
inner join name as borne on scored.borne_no = borne.name_no and not borne.is_seen
where 10 * scored.pairs_in_both >= 4 * scored.pairs
union all
select
    seen.name_norm as seen_norm,
    borne.name_norm as borne_norm,
    1 as likeness
from name as seen
inner join name as borne on seen.name_no = borne.name_no
where seen.is_seen and not borne.is_seen
