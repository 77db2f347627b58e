with raised as (
    select
        letter.kind,
        letter.unit_no,
        unit.uscc as subject,
        letter.due_on,
        letter.message
    from {{ ref('int_alert_letter') }} as letter
    inner join {{ ref('int_unit') }} as unit on letter.unit_no = unit.unit_no
    union all
    select
        kind,
        unit_no,
        subject,
        due_on,
        message
    from {{ ref('int_alert_commitment') }}
    union all
    select
        kind,
        unit_no,
        subject,
        due_on,
        message
    from {{ ref('int_alert_complaint') }}
    union all
    select
        listing.kind,
        listing.unit_no,
        listing.case_no || ':' || unit.uscc as subject,
        listing.due_on,
        listing.message
    from {{ ref('int_alert_listing') }} as listing
    inner join {{ ref('int_unit') }} as unit on listing.unit_no = unit.unit_no
    union all
    select
        'inventory_missing' as kind,
        unit_no,
        subject,
        due_on,
        message
    from {{ ref('int_alert_inventory') }}
    union all
    select
        'arrear_overdue' as kind,
        unit_no,
        subject,
        due_on,
        message
    from {{ ref('int_alert_arrear') }}
    union all
    select
        'successor_missing' as kind,
        unit_no,
        subject,
        cast(null as date) as due_on,
        message
    from {{ ref('int_alert_successor') }}
    union all
    select
        'feed_missing' as kind,
        cast(null as int) as unit_no,
        subject,
        due_on,
        message
    from {{ ref('int_alert_feed') }}
    union all
    select
        'identity_review' as kind,
        cast(null as int) as unit_no,
        subject,
        cast(null as date) as due_on,
        message
    from {{ ref('int_alert_identity') }}
)

select
    raised.kind || ':' || raised.subject as alert_id,
    raised.kind,
    unit.answerable_uscc as uscc,
    unit.answerable_region_code as region_code,
    raised.subject,
    raised.due_on,
    raised.message
from raised
left join {{ ref('int_answerable_now') }} as unit on raised.unit_no = unit.unit_no
