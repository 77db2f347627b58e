{{ config(materialized='table') }}

select
    case_no,
    basis_no,
    unit_no,
    court,
    case_type,
    field,
    filed_on,
    decided_on,
    outcome,
    amount_yuan,
    paid_yuan,
    status,
    fulfilled_on,
    coalesce(case_type <> 'enforcement' and outcome in ('lost', 'partly_lost'), false) as is_lost,
    coalesce(case_type = 'enforcement' and coalesce(paid_yuan, 0) < amount_yuan, case_type = 'enforcement')
        as is_unpaid_enforcement,
    {{ month_no('filed_on') }} as filed_month,
    {{ month_by_as_of('decided_on') }} as decided_month,
    {{ month_by_as_of('fulfilled_on') }} as fulfilled_month,
    position
from {{ ref('stg_court_cases') }}
where
    unit_no is not null
    and filed_on <= {{ as_of() }}
