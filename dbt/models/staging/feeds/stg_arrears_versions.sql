{{ config(materialized='table') }}

{{ feed_versions('arrears', keys=['arrear_no']) }}
