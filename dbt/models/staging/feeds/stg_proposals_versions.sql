{{ config(materialized='table') }}

{{ feed_versions('proposals', keys=['proposal_no']) }}
