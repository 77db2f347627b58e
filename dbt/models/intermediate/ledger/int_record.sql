{{ config(materialized='table') }}

with happened as (
    select
        'judgment' as kind,
        'court_cases' as source_feed,
        case_no as record_key,
        unit_no,
        decided_on as occurred_on,
        decided_month as occurred_month,
        filed_month as existing_month,
        filed_on as existing_on,
        field,
        coalesce(basis_no, case_no) as case_start,
        cast(null as date) as removed_on,
        cast(null as int) as revoked_month,
        cast(null as date) as revoked_on,
        cast(null as int) as rectified_month,
        cast(null as date) as rectified_on,
        position
    from {{ ref('int_court_case') }}
    where is_lost and decided_month is not null
    union all
    select
        'listing' as kind,
        'dishonest_debtors' as source_feed,
        case_no as record_key,
        unit_no,
        published_on as occurred_on,
        published_month as occurred_month,
        published_month as existing_month,
        published_on as existing_on,
        cast(null as varchar(1)) as field,
        coalesce(basis_no, case_no) as case_start,
        removed_on,
        cast(null as int) as revoked_month,
        cast(null as date) as revoked_on,
        cast(null as int) as rectified_month,
        cast(null as date) as rectified_on,
        position
    from {{ ref('int_listing') }}
    union all
    select
        kind,
        'accountability' as source_feed,
        record_no as record_key,
        unit_no,
        decided_on as occurred_on,
        {{ month_no('decided_on') }} as occurred_month,
        {{ month_no('decided_on') }} as existing_month,
        decided_on as existing_on,
        field,
        cast(null as varchar(1)) as case_start,
        cast(null as date) as removed_on,
        {{ month_by_as_of('revoked_on') }} as revoked_month,
        revoked_on,
        cast(null as int) as rectified_month,
        cast(null as date) as rectified_on,
        position
    from {{ ref('stg_accountability') }}
    where unit_no is not null and decided_on <= {{ as_of() }}
    union all
    select
        'breach' as kind,
        'complaints' as source_feed,
        ticket_no as record_key,
        unit_no,
        rectify_due_on as occurred_on,
        rectify_due_month as occurred_month,
        received_month as existing_month,
        received_on as existing_on,
        cast(null as varchar(1)) as field,
        cast(null as varchar(1)) as case_start,
        cast(null as date) as removed_on,
        cast(null as int) as revoked_month,
        cast(null as date) as revoked_on,
        rectified_month,
        rectified_on,
        position
    from {{ ref('int_complaint') }}
    where
        unit_no is not null
        and has_policy
        and is_substantiated
        and not is_duplicate
        and not is_excluded
        and rectify_due_month is not null
        and coalesce(rectified_on > rectify_due_on, true)
)

select
    happened.kind || ':' || happened.record_key
    || case when happened.kind in ('judgment', 'listing') then ':' || unit.uscc else '' end as record_id,
    happened.*
from happened
inner join {{ ref('int_unit') }} as unit on happened.unit_no = unit.unit_no
inner join {{ ref('int_region_policy') }} as region_policy
    on
        unit.region_code = region_policy.region_code
        and happened.occurred_on >= region_policy.valid_from
        and happened.occurred_on < region_policy.valid_to
inner join {{ source('policy', 'ledger_kind') }} as ledger_kind
    on region_policy.policy_id = ledger_kind.policy_id and happened.kind = ledger_kind.kind
