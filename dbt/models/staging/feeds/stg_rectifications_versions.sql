{{ config(materialized='table') }}

{{ feed_versions('rectifications', keys=['rectification_no']) }}
