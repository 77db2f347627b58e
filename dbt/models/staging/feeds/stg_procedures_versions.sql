{{ config(materialized='table') }}

{{ feed_versions('procedures', keys=['commitment_no', 'step'], about_unit=false) }}
