{{ config(materialized='table') }}

{{ feed_current(
    'accountability',
    columns=[
        'record_no', 'subject', 'person_post', 'kind', 'field', 'decided_on', 'basis', 'clue_on',
        'approved_on', 'transferred_on', 'investigated_on', 'proposed_on', 'heard_on',
        'executed_on', 'appealed_on', 'appeal_decided_on', 'revoked_on'
    ]
) }}
