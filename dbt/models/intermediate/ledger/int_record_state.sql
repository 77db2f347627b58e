{{ config(materialized='table') }}

-- At every D at which records are counted: the month in which one occurred, and the end of each year from then on.
with observed as (
    select
        record.record_id,
        record.kind,
        record.record_key,
        record.unit_no,
        record.occurred_on,
        record.occurred_month,
        record.removed_on,
        record.revoked_month,
        record.rectified_month,
        record.case_start,
        month.month_no,
        coalesce(answerable.answerable_no, record.unit_no) as answerable_no
    from {{ ref('int_record') }} as record
    inner join {{ ref('int_month') }} as month
        on record.occurred_month <= month.month_no and record.existing_month <= month.month_no
    left join {{ ref('int_assessment') }} as assessment on month.month_no = assessment.month_no
    left join {{ ref('int_answerable') }} as answerable
        on record.unit_no = answerable.unit_no and month.month_no = answerable.month_no
    left join {{ ref('int_superseded') }} as superseded
        on
            record.kind = 'judgment'
            and record.record_key = superseded.case_no
            and record.unit_no = superseded.unit_no
            and month.month_no = superseded.month_no
    where
        superseded.case_no is null
        and (month.month_no = record.occurred_month or assessment.month_no is not null)
),

acted as (
    select
        observed.record_id,
        observed.month_no,
        {{ record_actions('decided_month', 'filed_month', 'observed.month_no') }}
    from observed
    inner join {{ ref('int_record_action') }} as action
        on observed.kind = action.record_kind and observed.record_key = action.record_key
    left join {{ ref('int_answerable') }} as answerable
        on action.unit_no = answerable.unit_no and observed.month_no = answerable.month_no
    left join {{ ref('int_record_owner') }} as owner
        on
            observed.kind = owner.kind
            and observed.record_key = owner.record_key
            and observed.month_no = owner.month_no
    where
        coalesce(answerable.answerable_no, action.unit_no) = observed.answerable_no
        or (action.unit_no is null and owner.answerable_no = observed.answerable_no)
    group by observed.record_id, observed.month_no
),

stated as (
    select
        observed.*,
        policy.repaired_weight,
        policy.lenient_weight,
        coalesce(policy.listing_years, 'active') as listing_years,
        {{ record_status('observed.revoked_month', 'observed.rectified_month', 'observed.month_no') }} as status
    from observed
    left join acted
        on observed.record_id = acted.record_id and observed.month_no = acted.month_no
    left join {{ ref('int_unit_month') }} as scope
        on observed.answerable_no = scope.unit_no and observed.month_no = scope.month_no
    left join {{ source('policy', 'policy') }} as policy on scope.policy_id = policy.policy_id
)

select
    record_id,
    kind,
    record_key,
    unit_no,
    answerable_no,
    month_no,
    occurred_on,
    occurred_month,
    removed_on,
    case_start,
    listing_years,
    status,
    {{ record_weight() }} as weight
from stated
