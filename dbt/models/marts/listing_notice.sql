with listed as (
    select
        listing.case_no,
        unit.answerable_no,
        min(listing.published_on) as listed_on
    from {{ ref('int_listing') }} as listing
    inner join {{ ref('int_answerable_now') }} as unit on listing.unit_no = unit.unit_no
    group by listing.case_no, unit.answerable_no
)

select
    notice.case_no,
    unit.uscc,
    unit.answerable_uscc,
    unit.answerable_region_code as region_code,
    notice.court,
    notice.notice_on,
    notice.planned_list_on,
    notice.withdrawn_on,
    listed.listed_on,
    {{ days_between('notice.notice_on', 'listed.listed_on') }} as days_to_listing,
    case
        when listed.listed_on is not null then 'listed'
        when notice.withdrawn_on <= {{ as_of() }} then 'withdrawn'
        else 'planned'
    end as state
from {{ ref('int_listing_notice') }} as notice
inner join {{ ref('int_answerable_now') }} as unit on notice.unit_no = unit.unit_no
left join listed on notice.case_no = listed.case_no and unit.answerable_no = listed.answerable_no
