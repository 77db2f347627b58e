{{ config(materialized='table') }}

-- rules.md, "Integrity records", at any day by `as_of`: the stretches of days in which a record has one answerable unit,
-- one status and one weight. Stretches begin on the days on which something that decides them happens.
with record as (
    select
        *,
        greatest(occurred_on, existing_on) as begins_on
    from {{ ref('int_record') }}
),

later as (
    select
        record.record_id,
        later.unit_no,
        later.decided_on
    from record
    inner join {{ ref('int_court_case') }} as later
        on
            record.kind = 'judgment'
            and record.record_key = later.basis_no
            and later.case_type <> 'enforcement'
            and later.outcome <> 'withdrawn'
            and later.decided_month is not null
            and not (record.record_key = later.case_no and record.unit_no = later.unit_no)
),

party as (
    select
        kind,
        record_key,
        unit_no
    from record
    union
    select
        record_kind as kind,
        record_key,
        unit_no
    from {{ ref('int_record_action') }}
    where unit_no is not null
    union
    select
        record.kind,
        record.record_key,
        later.unit_no
    from later
    inner join record on later.record_id = record.record_id
),

happening as (
    select
        kind,
        record_key,
        begins_on as day
    from record
    union
    select
        kind,
        record_key,
        revoked_on as day
    from record
    union
    select
        kind,
        record_key,
        rectified_on as day
    from record
    union
    select
        record.kind,
        record.record_key,
        later.decided_on as day
    from later
    inner join record on later.record_id = record.record_id
    union
    select
        record_kind as kind,
        record_key,
        filed_on as day
    from {{ ref('int_record_action') }}
    union
    select
        record_kind as kind,
        record_key,
        decided_on as day
    from {{ ref('int_record_action') }}
    union
    select
        party.kind,
        party.record_key,
        period.valid_from as day
    from party
    inner join {{ ref('int_answerable_period') }} as period on party.unit_no = period.unit_no
    union
    select
        record.kind,
        record.record_key,
        region_policy.valid_from as day
    from record
    inner join {{ ref('int_unit') }} as unit on record.unit_no = unit.unit_no
    inner join {{ ref('int_region_policy') }} as region_policy on unit.region_code = region_policy.region_code
    union
    select
        record.kind,
        record.record_key,
        region_policy.valid_to as day
    from record
    inner join {{ ref('int_unit') }} as unit on record.unit_no = unit.unit_no
    inner join {{ ref('int_region_policy') }} as region_policy on unit.region_code = region_policy.region_code
    union
    -- The weights are those of the answerable unit's policy, which may be of another region.
    select
        record.kind,
        record.record_key,
        region_policy.valid_from as day
    from record
    inner join {{ ref('int_answerable_period') }} as period on record.unit_no = period.unit_no
    inner join {{ ref('int_unit') }} as unit on period.answerable_no = unit.unit_no
    inner join {{ ref('int_region_policy') }} as region_policy on unit.region_code = region_policy.region_code
    union
    select
        record.kind,
        record.record_key,
        region_policy.valid_to as day
    from record
    inner join {{ ref('int_answerable_period') }} as period on record.unit_no = period.unit_no
    inner join {{ ref('int_unit') }} as unit on period.answerable_no = unit.unit_no
    inner join {{ ref('int_region_policy') }} as region_policy on unit.region_code = region_policy.region_code
),

observed as (
    select
        record.record_id,
        record.kind,
        record.record_key,
        record.unit_no,
        record.occurred_on,
        record.removed_on,
        record.revoked_on,
        record.rectified_on,
        happening.day,
        lead(happening.day) over (partition by record.record_id order by happening.day) as next_day,
        coalesce(period.answerable_no, record.unit_no) as answerable_no
    from record
    inner join happening
        on
            record.kind = happening.kind
            and record.record_key = happening.record_key
            and happening.day between record.begins_on and {{ as_of() }}
    left join {{ ref('int_answerable_period') }} as period
        on
            record.unit_no = period.unit_no
            and happening.day >= period.valid_from
            and happening.day < period.valid_to
),

superseded as (
    select distinct
        observed.record_id,
        observed.day
    from observed
    inner join later on observed.record_id = later.record_id and observed.day >= later.decided_on
    left join {{ ref('int_answerable_period') }} as period
        on
            later.unit_no = period.unit_no
            and observed.day >= period.valid_from
            and observed.day < period.valid_to
    where coalesce(period.answerable_no, later.unit_no) = observed.answerable_no
),

existing as (
    select observed.*
    from observed
    left join superseded on observed.record_id = superseded.record_id and observed.day = superseded.day
    where superseded.record_id is null
),

-- An action that names no unit holds only where one answerable unit alone has a record of its kind and key that day.
owner as (
    select
        here.record_id,
        here.day
    from existing as here
    inner join existing as there
        on
            here.kind = there.kind
            and here.record_key = there.record_key
            and here.day >= there.day
            and here.day < coalesce(there.next_day, cast('9999-12-31' as date))
    group by here.record_id, here.day
    having count(distinct there.answerable_no) = 1
),

acted as (
    select
        existing.record_id,
        existing.day,
        {{ record_actions('decided_on', 'filed_on', 'existing.day') }}
    from existing
    inner join {{ ref('int_record_action') }} as action
        on existing.kind = action.record_kind and existing.record_key = action.record_key
    left join {{ ref('int_answerable_period') }} as period
        on
            action.unit_no = period.unit_no
            and existing.day >= period.valid_from
            and existing.day < period.valid_to
    left join owner on existing.record_id = owner.record_id and existing.day = owner.day
    where
        coalesce(period.answerable_no, action.unit_no) = existing.answerable_no
        or (action.unit_no is null and owner.record_id is not null)
    group by existing.record_id, existing.day
),

stated as (
    select
        existing.*,
        policy.repaired_weight,
        policy.lenient_weight,
        coalesce(policy.listing_years, 'active') as listing_years,
        {{ record_status('existing.revoked_on', 'existing.rectified_on', 'existing.day') }} as status
    from existing
    left join acted on existing.record_id = acted.record_id and existing.day = acted.day
    inner join {{ ref('int_unit') }} as unit on existing.answerable_no = unit.unit_no
    left join {{ ref('int_region_policy') }} as region_policy
        on
            unit.region_code = region_policy.region_code
            and existing.day >= region_policy.valid_from
            and existing.day < region_policy.valid_to
    left join {{ source('policy', 'policy') }} as policy on region_policy.policy_id = policy.policy_id
),

weighed as (
    select
        record_id,
        kind,
        unit_no,
        answerable_no,
        occurred_on,
        day,
        next_day,
        status,
        {{ record_weight() }} as weight,
        -- The last day of the time in which it counts (rules.md, "Years a record counts in"); none: it still goes on.
        case
            when kind = 'listing' and listing_years = 'active' then date_add(removed_on, -1)
            else occurred_on
        end as counts_until
    from stated
),

compared as (
    select
        *,
        case
            when
                lag(next_day) over (partition by record_id order by day) = day
                and lag(answerable_no) over (partition by record_id order by day) = answerable_no
                and lag(status) over (partition by record_id order by day) = status
                and lag(weight) over (partition by record_id order by day) = weight
                and coalesce(lag(counts_until) over (partition by record_id order by day), cast('9999-12-31' as date))
                = coalesce(counts_until, cast('9999-12-31' as date))
                then 0
            else 1
        end as is_change
    from weighed
),

numbered as (
    select
        *,
        sum(is_change) over (partition by record_id order by day) as stretch_no
    from compared
)

select
    record_id,
    kind,
    unit_no,
    answerable_no,
    occurred_on,
    counts_until,
    status,
    weight,
    min(day) as valid_from,
    case when count(next_day) = count(*) then max(next_day) end as valid_to
from numbered
group by record_id, kind, unit_no, answerable_no, occurred_on, counts_until, status, weight, stretch_no
