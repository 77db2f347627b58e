-- Notice of Ganzhou, 四(一): sharing, warning, feedback, exit. Of a listing that is not out: where it stands, since when.
-- As in listing_notice, a notice is of a listing of the same answerable unit.
with noticed as (
    select
        notice.case_no,
        unit.answerable_no,
        min(notice.notice_on) as notice_on
    from {{ ref('int_listing_notice') }} as notice
    inner join {{ ref('int_answerable_now') }} as unit on notice.unit_no = unit.unit_no
    group by notice.case_no, unit.answerable_no
)

select
    listing.case_no,
    unit.uscc,
    unit.answerable_uscc,
    unit.answerable_region_code as region_code,
    noticed.notice_on,
    listing.published_on,
    listing.warned_on,
    listing.feedback_on,
    case when listing.removed_month is not null then listing.removed_on end as removed_on,
    case
        when listing.removed_month is not null then 'exited'
        when listing.feedback_month is not null then 'feedback'
        when listing.warned_month is not null then 'warned'
        else 'shared'
    end as stage,
    case
        when listing.removed_month is not null then listing.removed_on
        when listing.feedback_month is not null then listing.feedback_on
        when listing.warned_month is not null then listing.warned_on
        else listing.published_on
    end as stage_since,
    {{ days_between('noticed.notice_on', 'listing.published_on') }} as days_notice_to_listing,
    case when listing.warned_month is not null
        then {{ days_between('listing.published_on', 'listing.warned_on') }} end as days_to_warning,
    case when listing.feedback_month is not null
        then {{ days_between('listing.warned_on', 'listing.feedback_on') }} end as days_to_feedback,
    case when listing.removed_month is not null
        then {{ days_between(
            "greatest("
            "listing.published_on,"
            " case when listing.warned_on <= listing.removed_on then listing.warned_on else listing.published_on end,"
            " case when listing.feedback_on <= listing.removed_on then listing.feedback_on else listing.published_on end"
            ")",
            'listing.removed_on'
        ) }} end as days_to_exit,
    {{ days_between(
        'listing.published_on',
        "case when listing.removed_month is not null then listing.removed_on else " ~ as_of() ~ " end"
    ) }} as days_listed
from {{ ref('int_listing') }} as listing
inner join {{ ref('int_answerable_now') }} as unit on listing.unit_no = unit.unit_no
left join noticed on listing.case_no = noticed.case_no and unit.answerable_no = noticed.answerable_no
