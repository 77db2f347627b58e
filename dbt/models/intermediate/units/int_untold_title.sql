{{ config(materialized='table') }}

-- Which titles hold a name that no mart may show. Names are many, titles are millions: those that hold no name's beginning
-- are left out first. Four characters leave few beginnings, which tell one place's names from another's.
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
    {%- for model in ['int_commitment', 'int_honour', 'int_task'] %}
    select title
    from {{ ref(model) }}
    where title is not null
    {%- if not loop.last %}
    union
    {%- endif %}
    {%- endfor %}
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
