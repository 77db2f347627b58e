{{ config(materialized='table') }}

{{ feed_versions('publications', keys=['year', 'channel'], unit_in_key=true) }}
