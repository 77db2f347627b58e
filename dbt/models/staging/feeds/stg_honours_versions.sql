{{ config(materialized='table') }}

{{ feed_versions('honours', keys=['honour_no']) }}
