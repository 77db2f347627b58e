{{ config(materialized='table') }}

select
    day,
    is_workday,
    is_official,
    count(case when is_workday then 1 end) over (order by day rows unbounded preceding) as workday_no
from {{ ref('stg_calendar') }}
