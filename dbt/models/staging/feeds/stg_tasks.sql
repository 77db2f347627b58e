{{ config(materialized='table') }}

{{ feed_current(
    'tasks',
    columns=[
        'task_no', 'title', 'lead', 'lead_norms', 'cooperating', 'cooperating_norms', 'due_on', 'progress', 'completed_on'
    ],
    about_unit=false
) }}
