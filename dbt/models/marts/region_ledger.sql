with placed as (
    select
        unit.region_code as unit_region_code,
        ledger.*
    from {{ ref('org_ledger') }} as ledger
    inner join {{ ref('dim_organization') }} as unit on ledger.uscc = unit.uscc
),

reached as (
    {{ by_reach('placed') }}
)

select
    region_code,
    reach,
    ledger,
    count(*) as units,
    cast(sum(things) as bigint) as things,
    cast(sum(things_done) as bigint) as things_done,
    cast(sum(things_overdue) as bigint) as things_overdue,
    cast(sum(things_flagged) as bigint) as things_flagged,
    cast(sum(days) as bigint) as days,
    cast(sum(owed_yuan) as decimal(18, 2)) as owed_yuan,
    cast(sum(paid_yuan) as decimal(18, 2)) as paid_yuan,
    cast(sum(amount_yuan) as decimal(18, 2)) as amount_yuan
from reached
group by region_code, reach, ledger
