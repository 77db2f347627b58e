{{ config(materialized='table') }}

{{ feed_current(
    'arrears',
    columns=[
        'arrear_no', 'creditor', 'amount_yuan', 'due_on', 'paid_yuan', 'cleared_on'
    ]
) }}
