-- feeds.md, organizations: of two units that share a current name in one region, the later one carries `conflict`.
select position
from (
    select
        position,
        row_number() over (partition by region_code, name_norm order by position) as reading_no
    from {{ ref('stg_unit') }}
    where not is_abolished
) as reading
where reading_no > 1
