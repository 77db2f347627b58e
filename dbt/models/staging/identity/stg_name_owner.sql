-- Of several units that bear a name, those abolished by `as_of` are left out (feeds.md, "Which unit a row is about").
select
    name_norm,
    case
        when count(distinct unit_no) = 1 then min(unit_no)
        when count(distinct case when not is_abolished then unit_no end) = 1
            then min(case when not is_abolished then unit_no end)
    end as unit_no
from {{ ref('stg_unit_name') }}
where not is_short
group by name_norm
