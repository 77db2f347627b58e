{{ feed_current(
    'court_cases',
    columns=[
        'case_no', 'basis_no', 'court', 'case_type', 'field', 'filed_on', 'decided_on', 'outcome',
        'amount_yuan', 'paid_yuan', 'status', 'fulfilled_on'
    ]
) }}
