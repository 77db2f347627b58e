-- marts.md: no mart names a classified unit, and a text can hold a name among other words. Short names are left in: they
-- are common words. Brackets are taken in either width.
with borne as (
    select
        name,
        name_norm
    from {{ ref('stg_unit') }}
    where is_classified
    union
    select
        exploded_former_name.former_name as name,
        exploded_former_name.former_norm as name_norm
    from {{ ref('stg_unit') }} as unit
    {{ explode_both('unit.former_names', 'unit.former_norms', 'former_name', 'former_norm') }}
    where unit.is_classified
    union
    select
        uscc as name,
        uscc as name_norm
    from {{ ref('stg_unit') }}
    where is_classified
    union
    select
        lower(uscc) as name,
        uscc as name_norm
    from {{ ref('stg_unit') }}
    where is_classified
),

written as (
    select
        name,
        name_norm
    from borne
    union
    select
        translate(name, '（）', '()') as name,
        name_norm
    from borne
    union
    select
        translate(name, '()', '（）') as name,
        name_norm
    from borne
),

untold as (
    select distinct written.name
    from written
    inner join {{ ref('stg_classified_name') }} as classified on written.name_norm = classified.name_norm
    where not classified.is_of_another_unit and written.name <> ''
)

select
    count(*) as names_untold,
    {{ ordered_list('name', '-length(name)') }} as names
from untold
