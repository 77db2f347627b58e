-- The lengths of time that any policy sets for complaints, numbered.
select
    days,
    is_workdays,
    cast(row_number() over (order by is_workdays, days) as int) as term_no
from (
    select distinct
        days,
        is_workdays
    from {{ source('policy', 'complaint_term') }}
) as term
