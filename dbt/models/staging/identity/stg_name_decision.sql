-- The last decision read for a name. A code that is on no roster decides nothing, but the name was looked at. A name of
-- which brackets are all there is stands for no unit's.
select
    decision.seen_norm as name_norm,
    unit.unit_no,
    coalesce(decision.is_no_unit, false) as is_no_unit
from (
    select
        seen_norm,
        uscc,
        is_no_unit,
        row_number() over (partition by seen_norm order by position desc) as age
    from {{ ref('stg_identity_decisions') }}
) as decision
left join {{ ref('stg_unit') }} as unit on decision.uscc = unit.uscc
where decision.age = 1 and decision.seen_norm <> ''
