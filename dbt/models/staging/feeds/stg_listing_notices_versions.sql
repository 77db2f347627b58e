{{ config(materialized='table') }}

{{ feed_versions('listing_notices', keys=['case_no'], unit_in_key=true, mostly_others=true) }}
