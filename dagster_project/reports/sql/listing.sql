-- One row for each listing of a unit in scope that was active at some day of the period, or at its end: where it stands in the loop then.
select
    listing.case_no,
    answering.answerable_uscc as uscc,
    answering.unit_name,
    answering.region_code,
    listing.court,
    listing.published_on,
    case when listing.removed_on <= asked.through_on then listing.removed_on end as removed_on,
    case when listing.warned_on <= asked.through_on then listing.warned_on end as warned_on,
    case when listing.feedback_on <= asked.through_on then listing.feedback_on end as feedback_on,
    listing.published_on >= asked.starts_on as is_new,
    coalesce(listing.removed_on <= asked.through_on, false) as is_exited,
    case
        when listing.removed_on <= asked.through_on then 'exited'
        when listing.feedback_on <= asked.through_on then 'feedback'
        when listing.warned_on <= asked.through_on then 'warned'
        else 'shared'
    end as stage,
    date_diff('day', listing.published_on, least(coalesce(listing.removed_on, asked.through_on), asked.through_on))
        as days_listed
from fct_listing as listing
cross join asked
inner join answering on listing.uscc = answering.uscc
inner join org_monthly as unit
    on answering.answerable_uscc = unit.uscc and unit.month = asked.month and unit.in_scope
where listing.published_on <= asked.through_on
    and coalesce(listing.removed_on >= asked.starts_on, true)
    -- One removed on the day it was published was never active.
    and coalesce(listing.removed_on > listing.published_on, true)
    and starts_with(answering.region_code, getvariable('prefix'))
order by answering.roster_no, listing.published_on, listing.case_no
