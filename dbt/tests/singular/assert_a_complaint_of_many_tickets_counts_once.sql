-- rules.md, "One complaint, many tickets": of each group of tied tickets exactly one counts.
select counting_ticket_no
from {{ ref('int_ticket_tie') }}
group by counting_ticket_no
having count(case when not is_duplicate then 1 end) <> 1
