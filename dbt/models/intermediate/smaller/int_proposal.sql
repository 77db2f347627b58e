{{ config(materialized='view') }}

select
    proposal.proposal_no,
    proposal.kind,
    unit.uscc,
    unit.answerable_uscc,
    unit.answerable_region_code as region_code,
    proposal.received_on,
    proposal.due_on,
    proposal.replied_on,
    proposal.satisfaction,
    case
        when proposal.replied_on <= {{ as_of() }} and coalesce(proposal.replied_on <= proposal.due_on, true)
            then 'on_time'
        when proposal.replied_on <= {{ as_of() }} then 'late'
        when proposal.due_on <= {{ as_of() }} then 'overdue'
        else 'pending'
    end as state
from {{ ref('stg_proposals') }} as proposal
inner join {{ ref('int_answerable_now') }} as unit on proposal.unit_no = unit.unit_no
where proposal.received_on <= {{ as_of() }}
