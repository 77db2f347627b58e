select
    listing.case_no,
    unit.uscc,
    unit.answerable_uscc,
    listing.court,
    listing.published_on,
    listing.removed_on,
    listing.warned_on,
    listing.feedback_on,
    case
        when listing.removed_month is not null then 'exited'
        when listing.feedback_month is not null then 'feedback'
        when listing.warned_month is not null then 'warned'
        else 'shared'
    end as stage,
    listing.removed_month is null as is_active,
    {{ days_between('listing.published_on', 'case when listing.removed_month is not null then listing.removed_on else ' ~ as_of() ~ ' end') }}
        as days_listed
from {{ ref('int_listing') }} as listing
inner join {{ ref('int_answerable_now') }} as unit on listing.unit_no = unit.unit_no
