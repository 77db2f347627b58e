{{ config(materialized='table') }}

with mention as (
    select distinct
        mention_id,
        uscc,
        unit_name,
        case when name_norm <> '' then name_norm end as name_norm,
        region_code,
        reporter,
        reporter_norm
    from {{ source('raw', 'mention') }}
),

reporter_region as (
    select
        reporter.reporter,
        coalesce(by_code.region_code, by_name.region_code) as region_code
    from (
        select distinct
            reporter,
            reporter_norm
        from mention
        where reporter is not null
    ) as reporter
    left join {{ ref('stg_unit') }} as by_code on upper(reporter.reporter) = by_code.uscc
    left join {{ ref('stg_name_owner') }} as owner on reporter.reporter_norm = owner.name_norm
    left join {{ ref('stg_unit') }} as by_name on owner.unit_no = by_name.unit_no
),

placed as (
    select
        mention.mention_id,
        mention.uscc,
        mention.unit_name,
        mention.name_norm,
        coalesce(mention.region_code, reporter_region.region_code) as region_code
    from mention
    left join reporter_region on mention.reporter = reporter_region.reporter
),

-- A short name speaks only where no unit bears it in full, and only inside the row's region.
by_short_name as (
    select
        placed.mention_id,
        case
            when count(distinct short.unit_no) = 1 then min(short.unit_no)
            when count(distinct case when not short.is_abolished then short.unit_no end) = 1
                then min(case when not short.is_abolished then short.unit_no end)
        end as unit_no
    from placed
    inner join {{ ref('stg_unit_name') }} as short
        on
            placed.name_norm = short.name_norm
            and left(short.region_code, length({{ region_digits('placed.region_code') }}))
            = {{ region_digits('placed.region_code') }}
    left join {{ ref('stg_name_owner') }} as owner on placed.name_norm = owner.name_norm
    where
        short.is_short
        and owner.name_norm is null
    group by placed.mention_id
),

found as (
    select
        placed.*,
        by_code.unit_no as code_unit_no,
        coalesce(owner.unit_no, by_short_name.unit_no) as name_unit_no,
        bearer.unit_no is not null as code_unit_bears_name,
        decision.unit_no as decided_unit_no,
        decision.name_norm is not null as is_decided,
        decision.unit_no is not null or coalesce(decision.is_no_unit, false) as is_settled,
        coalesce(decision.is_no_unit, false) as is_no_unit
    from placed
    left join {{ ref('stg_unit') }} as by_code on placed.uscc = by_code.uscc
    left join {{ ref('stg_name_owner') }} as owner on placed.name_norm = owner.name_norm
    left join by_short_name on placed.mention_id = by_short_name.mention_id
    left join (
        select distinct
            unit_no,
            name_norm
        from {{ ref('stg_unit_name') }}
    ) as bearer
        on
            by_code.unit_no = bearer.unit_no
            and placed.name_norm = bearer.name_norm
    left join {{ ref('stg_name_decision') }} as decision on placed.name_norm = decision.name_norm
),

compared as (
    select
        *,
        not code_unit_bears_name
        and uscc is not null
        and name_unit_no is not null
        and coalesce(code_unit_no <> name_unit_no, true) as is_contradictory
    from found
),

pointed as (
    select
        compared.*,
        coalesce(by_code.is_classified, false)
        or (not compared.code_unit_bears_name and coalesce(by_name.is_classified, false)) as points_at_classified,
        case
            when by_code.is_classified then by_code.unit_no
            when not compared.code_unit_bears_name and by_name.is_classified then by_name.unit_no
        end as classified_unit_no
    from compared
    left join {{ ref('stg_unit') }} as by_code on compared.code_unit_no = by_code.unit_no
    left join {{ ref('stg_unit') }} as by_name on compared.name_unit_no = by_name.unit_no
),

resolved as (
    select
        *,
        is_contradictory and (points_at_classified or not is_settled) as is_conflict,
        case
            when is_contradictory and points_at_classified then null
            when is_contradictory then decided_unit_no
            else coalesce(code_unit_no, name_unit_no, decided_unit_no)
        end as resolved_unit_no
    from pointed
)

select
    resolved.mention_id,
    resolved.uscc,
    resolved.unit_name,
    resolved.name_norm,
    resolved.region_code,
    resolved.resolved_unit_no as unit_no,
    coalesce(resolved.classified_unit_no, resolved.resolved_unit_no) as about_unit_no,
    resolved.points_at_classified or coalesce(unit.is_classified, false) as is_about_classified,
    resolved.is_conflict,
    resolved.resolved_unit_no is null
    and not resolved.is_conflict
    and not resolved.points_at_classified
    and not resolved.is_no_unit as is_unresolved,
    resolved.is_decided,
    case
        -- Also where it is decided to be about no unit: by its code alone it would pass for a version of that unit's row.
        when resolved.is_contradictory and resolved.resolved_unit_no is null
            then resolved.uscc || '|' || resolved.unit_name
        else coalesce(unit.uscc, resolved.uscc, resolved.unit_name)
    end as unit_key
from resolved
left join {{ ref('stg_unit') }} as unit on resolved.resolved_unit_no = unit.unit_no
