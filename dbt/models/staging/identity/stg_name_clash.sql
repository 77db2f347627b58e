-- feeds.md, organizations: of two units that share a current name in one region, the one whose version was read later
-- carries `conflict`; a repetition of that version does not make it later.
select position
from (
    select
        loaded_position as position,
        row_number() over (partition by region_code, name_norm order by loaded_position) as reading_no
    from {{ ref('stg_unit') }}
    where not is_abolished
) as reading
where reading_no > 1
