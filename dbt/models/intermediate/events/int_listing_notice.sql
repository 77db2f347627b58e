{{ config(materialized='table') }}

-- Notices of a planned listing of a unit. `is_planned`: not withdrawn, and not followed by the listing, at `as_of`.
with listed as (
    select distinct
        listing.case_no,
        unit.answerable_no
    from {{ ref('int_listing') }} as listing
    inner join {{ ref('int_answerable_now') }} as unit on listing.unit_no = unit.unit_no
)

select
    notice.case_no,
    notice.unit_no,
    notice.court,
    notice.notice_on,
    notice.planned_list_on,
    notice.withdrawn_on,
    coalesce(notice.withdrawn_on > {{ as_of() }}, true) and listed.case_no is null as is_planned,
    notice.position
from {{ ref('stg_listing_notices') }} as notice
inner join {{ ref('int_answerable_now') }} as unit on notice.unit_no = unit.unit_no
left join listed
    on notice.case_no = listed.case_no and unit.answerable_no = listed.answerable_no
where notice.notice_on <= {{ as_of() }}
