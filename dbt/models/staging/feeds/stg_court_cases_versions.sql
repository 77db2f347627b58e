{{ config(materialized='table') }}

{{ feed_versions('court_cases', keys=['case_no'], unit_in_key=true, mostly_others=true) }}
