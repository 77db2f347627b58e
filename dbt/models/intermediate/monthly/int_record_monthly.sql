-- Records that occurred in the month and count at its D.
select
    unit_no,
    month_no,
    count(*) as records_new
from {{ ref('int_record_state') }}
where
    month_no = occurred_month
    and weight > 0
group by unit_no, month_no
