{{ config(materialized='table') }}

-- A due date is a look-up: `term_key` is one integer for a term and a day.
with workday as (
    select
        workday_no,
        day
    from {{ ref('int_calendar') }}
    where is_workday
)

select
    {{ term_key('term.term_no', 'calendar.day') }} as term_key,
    case
        when term.days = 0 then calendar.day
        when term.is_workdays then workday.day
        else date_add(calendar.day, cast(term.days as int))
    end as due_on
from {{ ref('int_term') }} as term
cross join {{ ref('int_calendar') }} as calendar
left join workday
    on term.is_workdays and calendar.workday_no + term.days = workday.workday_no
