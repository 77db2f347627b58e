{{ config(materialized='table') }}

-- What a unit says of itself does not outweigh what was found (rules.md, "Commitments", state 3).
select distinct
    commitment.commitment_no,
    month.month_no
from {{ ref('int_complaint') }} as complaint
inner join {{ ref('int_commitment') }} as commitment on complaint.commitment_no = commitment.commitment_no
inner join {{ ref('int_month') }} as month
    on
        commitment.fulfilled_month <= month.month_no
        and complaint.resolved_month <= month.month_no
        and coalesce(complaint.rectified_month > month.month_no, true)
left join {{ ref('int_answerable') }} as complained
    on complaint.unit_no = complained.unit_no and month.month_no = complained.month_no
left join {{ ref('int_answerable') }} as promised
    on commitment.unit_no = promised.unit_no and month.month_no = promised.month_no
where
    complaint.has_policy
    and complaint.is_substantiated
    and not complaint.is_duplicate
    and not complaint.is_excluded
    and complaint.received_on >= commitment.fulfilled_on
    and coalesce(complained.answerable_no, complaint.unit_no) = coalesce(promised.answerable_no, commitment.unit_no)
