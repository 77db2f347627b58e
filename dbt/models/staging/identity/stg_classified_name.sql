-- marts.md: no mart names a classified unit. What stands where a name should may be a unit's code. Where the name means
-- a unit that is not classified (feeds.md, "Which unit a row is about": an abolished bearer is left out), it is that one's.
with classified as (
    select name_norm
    from {{ ref('stg_unit_name') }}
    where is_classified
    union
    select uscc as name_norm
    from {{ ref('stg_unit') }}
    where is_classified
)

select
    classified.name_norm,
    not coalesce(unit.is_classified, true) as is_of_another_unit
from classified
left join {{ ref('stg_name_owner') }} as owner on classified.name_norm = owner.name_norm
left join {{ ref('stg_unit') }} as unit on owner.unit_no = unit.unit_no
