{{ config(materialized='table') }}

select
    action_no,
    record_kind,
    case
        when record_kind in ('judgment', 'listing') then {{ case_number('record_key') }}
        else record_key
    end as record_key,
    unit_no,
    action,
    filed_on,
    decided_on,
    {{ month_by_as_of('filed_on') }} as filed_month,
    {{ month_by_as_of('decided_on') }} as decided_month,
    result
from {{ ref('stg_record_actions') }}
where filed_on <= {{ as_of() }} or decided_on <= {{ as_of() }}
