{{ config(materialized='table') }}

{{ feed_current(
    'identity_decisions',
    columns=[
        'seen_name', 'seen_norm', 'uscc', 'is_no_unit', 'decided_by', 'decided_on'
    ],
    about_unit=false
) }}
