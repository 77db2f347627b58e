{{ config(materialized='table') }}

{{ feed_versions('identity_decisions', keys=['seen_name'], about_unit=false) }}
