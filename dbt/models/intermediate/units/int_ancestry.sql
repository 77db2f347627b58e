-- rules.md, "Region tree": one row for each region code of the roster and each region it belongs to, itself included.
-- A county whose third digit is 9 belongs straight to the province.
select distinct
    region_code,
    region_code as ancestor_code
from {{ ref('int_unit') }}
union
select distinct
    region_code,
    left(region_code, 4) || '00' as ancestor_code
from {{ ref('int_unit') }}
where substring(region_code, 3, 1) <> '9'
union
select distinct
    region_code,
    left(region_code, 2) || '0000' as ancestor_code
from {{ ref('int_unit') }}
