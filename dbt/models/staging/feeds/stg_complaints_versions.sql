{{ config(materialized='table') }}

{{ feed_versions('complaints', keys=['ticket_no']) }}
