{{ config(materialized='table') }}

{{ feed_versions('inventories', keys=['quarter'], unit_in_key=true) }}
