{{ config(materialized='table') }}

{{ feed_versions('organizations', keys=['uscc'], about_unit=false) }}
