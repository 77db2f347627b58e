{{ config(materialized='table') }}

{{ feed_versions('commitment_letters', keys=['year'], unit_in_key=true) }}
