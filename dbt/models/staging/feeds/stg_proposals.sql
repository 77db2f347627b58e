{{ config(materialized='table') }}

{{ feed_current(
    'proposals',
    columns=[
        'proposal_no', 'kind', 'received_on', 'due_on', 'replied_on', 'satisfaction'
    ]
) }}
