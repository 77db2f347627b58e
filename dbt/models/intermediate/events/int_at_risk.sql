-- rules.md, "Courts and listings": enforcement cases at risk at `as_of`.
with listed as (
    select distinct
        listing.case_no,
        unit.answerable_no
    from {{ ref('int_listing') }} as listing
    inner join {{ ref('int_answerable_now') }} as unit on listing.unit_no = unit.unit_no
    where listing.removed_month is null
)

select
    enforcement.case_no,
    enforcement.unit_no
from {{ ref('int_court_case') }} as enforcement
inner join {{ ref('int_answerable_now') }} as unit on enforcement.unit_no = unit.unit_no
left join listed
    on enforcement.case_no = listed.case_no and unit.answerable_no = listed.answerable_no
where
    enforcement.is_unpaid_enforcement
    and enforcement.fulfilled_month is null
    and listed.case_no is null
