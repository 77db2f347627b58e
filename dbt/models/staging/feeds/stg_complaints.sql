{{ feed_current(
    'complaints',
    columns=[
        'ticket_no', 'channel', 'category', 'commitment_no', 'received_on',
        'accepted_on', 'due_on', 'extension_approved_on', 'extended_due_on', 'resolved_on',
        'replied_on', 'finding', 'satisfaction', 'duplicate_of', 'excluded_reason',
        'rectify_measure', 'rectify_due_on', 'rectified_on'
    ]
) }}
