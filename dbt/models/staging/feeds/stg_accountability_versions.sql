{{ config(materialized='table') }}

{{ feed_versions('accountability', keys=['record_no']) }}
