{{ config(materialized='table') }}

{{ feed_current(
    'commitment_letters',
    columns=[
        'year', 'signed_on', 'signed_by_head', 'has_full_name', 'has_uscc', 'has_content',
        'has_item_list', 'has_complaint_channel', 'word_received_on', 'stamped_received_on'
    ]
) }}
