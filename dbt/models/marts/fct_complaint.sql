{{ config(meta={'compression': {'ticket_no': 'zstd', 'uscc': 'uncompressed', 'answerable_uscc': 'uncompressed'}}) }}

select
    complaint.ticket_no,
    complaint.channel,
    complaint.category,
    unit.uscc,
    unit.answerable_uscc,
    complaint.commitment_no,
    complaint.received_on,
    complaint.accept_due_on,
    complaint.accepted_on,
    complaint.resolve_due_on,
    complaint.resolved_on,
    complaint.replied_on,
    complaint.finding,
    complaint.satisfaction,
    complaint.is_duplicate,
    complaint.excluded_reason,
    {{ ticket_state('accept_due_on', 'is_accepted_on_time', 'accepted_on is not null or resolved_on is not null') }}
        as accept_state,
    {{ ticket_state('resolve_due_on', 'is_resolved_on_time', 'resolved_on is not null') }} as resolve_state,
    complaint.rectify_due_on,
    complaint.rectified_on
from {{ ref('int_complaint') }} as complaint
left join {{ ref('int_answerable_now') }} as unit on complaint.unit_no = unit.unit_no
