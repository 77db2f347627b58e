{{ config(materialized='table') }}

{{ feed_versions('dishonest_debtors', keys=['case_no'], unit_in_key=true, mostly_others=true) }}
