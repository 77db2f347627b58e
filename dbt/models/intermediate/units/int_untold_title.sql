{{ config(materialized='table') }}

-- Which titles of promises hold a name that no mart may show. Names are many and begin alike, titles are millions: those
-- that hold no name's beginning are left out first.
with untold as (
    select
        exploded_name.name,
        left(exploded_name.name, 4) as beginning
    from {{ ref('int_untold') }} as untold
    {{ explode('untold.names', 'name') }}
),

beginning as (
    select distinct beginning
    from untold
),

title as (
    select distinct title
    from {{ ref('int_commitment') }}
    where title is not null
),

begun as (
    select
        title.title,
        beginning.beginning
    from title
    inner join beginning on position(beginning.beginning in title.title) > 0
),

held as (
    select
        begun.title,
        untold.name
    from begun
    inner join untold
        on
            begun.beginning = untold.beginning
            and position(untold.name in begun.title) > 0
)

select
    title,
    {{ ordered_list('name', '-length(name)') }} as names
from held
group by title
