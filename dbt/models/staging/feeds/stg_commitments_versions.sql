{{ config(materialized='table') }}

{{ feed_versions('commitments', keys=['commitment_no']) }}
