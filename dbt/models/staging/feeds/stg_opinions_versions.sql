{{ config(materialized='table') }}

{{ feed_versions('opinions', keys=['event_no']) }}
