-- One row for each place and step of the loop of listings (from a notice to the listing, from there to the warning, to
-- the feedback, and from wherever it stood to the exit), of places with a listing or a notice by the end of the period:
-- how many took the step by then and the mean days that it took, half up to one decimal; how many stand before it, since
-- when the first of them does. Steps are those of region_listing_loop, which tells them as of today.
-- A notice is of a listing of the same answerable unit.
with noticed as (
    select notice.case_no, answering.answerable_uscc, min(notice.notice_on) as notice_on
    from listing_notice as notice
    inner join answering on notice.uscc = answering.uscc
    group by notice.case_no, answering.answerable_uscc
),

known as (
    select
        answering.region_code,
        noticed.notice_on,
        listing.published_on,
        case when listing.warned_on <= asked.through_on then listing.warned_on end as warned_on,
        case when listing.feedback_on <= asked.through_on then listing.feedback_on end as feedback_on,
        case when listing.removed_on <= asked.through_on then listing.removed_on end as removed_on
    from fct_listing as listing
    cross join asked
    inner join answering on listing.uscc = answering.uscc
    inner join org_monthly as unit
        on answering.answerable_uscc = unit.uscc and unit.month = asked.month and unit.in_scope
    left join noticed
        on listing.case_no = noticed.case_no and answering.answerable_uscc = noticed.answerable_uscc
    where listing.published_on <= asked.through_on
),

stepped as (
    select region_code, 1 as step_no, date_diff('day', notice_on, published_on) as days, cast(null as date) as since
    from known
    union all
    select region_code, 2, date_diff('day', published_on, warned_on),
        case when warned_on is null and feedback_on is null and removed_on is null then published_on end
    from known
    union all
    select region_code, 3, date_diff('day', warned_on, feedback_on),
        case when warned_on is not null and feedback_on is null and removed_on is null then warned_on end
    from known
    union all
    select
        region_code,
        4,
        date_diff(
            'day',
            greatest(
                published_on,
                case when warned_on <= removed_on then warned_on else published_on end,
                case when feedback_on <= removed_on then feedback_on else published_on end
            ),
            removed_on
        ),
        case when feedback_on is not null and removed_on is null then feedback_on end
    from known
    union all
    select region_code, 1, cast(null as bigint), notice_on
    from planned_listing
),

counted as (
    select
        place.region_code,
        stepped.step_no,
        count(*) filter (stepped.days >= 0) as listings,
        sum(stepped.days) filter (stepped.days >= 0) as days,
        count(stepped.since) as waiting,
        min(stepped.since) as waiting_since
    from stepped
    inner join place on starts_with(stepped.region_code, place.prefix)
    group by place.region_code, stepped.step_no
)

select
    region_code,
    case step_no when 1 then 'shared' when 2 then 'warned' when 3 then 'feedback' else 'exited' end as stage,
    listings,
    days,
    -- Whole tenths, rounded half up.
    case when listings > 0 then cast((20 * days + listings) // (2 * listings) as decimal(12, 1)) * 0.1 end as mean_days,
    waiting,
    waiting_since
from counted
order by region_code, step_no
