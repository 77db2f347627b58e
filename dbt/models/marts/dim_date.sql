{#- The days promised in marts.md. -#}
{%- set first_day = "cast('2015-01-01' as date)" %}
{%- set last_day = "cast('2030-12-31' as date)" %}

select
    day,
    is_workday,
    count(case when is_workday then 1 end) over (order by day rows unbounded preceding) as workday_no,
    is_official
from {{ ref('int_calendar') }}
where day between {{ first_day }} and {{ last_day }}
