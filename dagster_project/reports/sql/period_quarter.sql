-- The marts' quarters as periods.
create temp table region_period as
select
    *,
    make_date(cast(substr(quarter, 1, 4) as int), 3 * cast(substr(quarter, 6, 1) as int) - 2, 1) as starts_on
from region_quarterly;
