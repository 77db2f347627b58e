{{ feed_current(
    'commitments',
    columns=[
        'commitment_no', 'year', 'category', 'field', 'title', 'content', 'counterparty',
        'amount_yuan', 'made_on', 'due_on', 'status', 'fulfilled_on', 'breached_on',
        'change_basis', 'change_approved_on', 'compensation_due_yuan', 'compensated_yuan',
        'compensation_unreadable'
    ]
) }}
