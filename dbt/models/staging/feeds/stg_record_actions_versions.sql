{{ config(materialized='table') }}

{{ feed_versions('record_actions', keys=['action_no']) }}
