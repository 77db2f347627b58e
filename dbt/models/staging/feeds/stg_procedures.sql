{{ config(materialized='table') }}

{{ feed_current(
    'procedures',
    columns=[
        'commitment_no', 'step', 'done_on', 'document_no'
    ],
    about_unit=false
) }}
