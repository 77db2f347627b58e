{{ config(materialized='table') }}

{{ feed_versions('tasks', keys=['task_no'], about_unit=false) }}
