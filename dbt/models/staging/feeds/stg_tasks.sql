{{ config(materialized='table') }}

{{ feed_current(
    'tasks',
    columns=[
        'task_no', 'title', 'lead', 'cooperating', 'due_on', 'progress', 'completed_on'
    ],
    about_unit=false
) }}
