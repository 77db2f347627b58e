-- One row for each month of the period and unit whose complaints of that month another one answers for, as in
-- complaint_count, with that other one.
-- In: the table complaint_count, the variable as_of.
select
    leaf.month,
    succession.uscc,
    leaf.uscc as answerable_uscc
from complaint_count as leaf
inner join succession
    on leaf.uscc = succession.answerable_uscc
    and succession.uscc <> leaf.uscc
    and succession.valid_from <= least(last_day(leaf.month), getvariable('as_of'))
    and coalesce(succession.valid_to > least(last_day(leaf.month), getvariable('as_of')), true)
order by leaf.month, succession.uscc
