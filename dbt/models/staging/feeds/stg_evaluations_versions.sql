{{ config(materialized='table') }}

{{ feed_versions('evaluations', keys=['evaluation_no']) }}
