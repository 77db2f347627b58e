{{ config(materialized='table') }}

{{ feed_versions('transfers', keys=['ticket_no', 'to_name', 'transferred_on'], about_unit=false) }}
