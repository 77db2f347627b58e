{{ config(materialized='view') }}

-- Notice of Jiangsu, 一(三): the policy's `reporting.feeds` says units of which types report a feed themselves, in a folder
-- named after them. A unit's month is in time as a feed's is (rules.md, "Not reported").
with sent as (
    select distinct
        delivery.feed,
        delivery.received_on,
        coalesce(by_code.unit_no, owner.unit_no) as unit_no
    from {{ ref('stg_delivery') }} as delivery
    left join {{ ref('int_unit') }} as by_code on upper(delivery.reporter) = by_code.uscc
    left join {{ ref('stg_name_owner') }} as owner on delivery.reporter_norm = owner.name_norm
    where delivery.reporter is not null and delivery.status = 'loaded'
),

asked as (
    select
        scope.unit_no,
        scope.region_code,
        feed_month.feed,
        feed_month.month,
        feed_month.reported_until
    from {{ ref('int_unit_scope') }} as scope
    inner join {{ source('policy', 'reporting_feed') }} as reporting
        on scope.policy_id = reporting.policy_id and scope.org_type = reporting.org_type
    inner join {{ ref('int_feed_month') }} as feed_month
        on reporting.feed = feed_month.feed and scope.month_no = feed_month.month_no
    where scope.in_scope
)

select
    unit.uscc,
    asked.feed,
    asked.month,
    asked.region_code,
    asked.reported_until,
    count(sent.unit_no) > 0 as reported
from asked
inner join {{ ref('int_unit') }} as unit on asked.unit_no = unit.unit_no
left join sent
    on
        asked.unit_no = sent.unit_no
        and asked.feed = sent.feed
        and sent.received_on between asked.month and asked.reported_until
group by unit.uscc, asked.feed, asked.month, asked.region_code, asked.reported_until
