{{ feed_current(
    'dishonest_debtors',
    columns=[
        'case_no', 'court', 'basis_no', 'obligation', 'performance', 'behaviour', 'filed_on',
        'published_on', 'removed_on', 'removal_reason', 'warned_on', 'feedback_on'
    ]
) }}
