{{ config(materialized='table') }}

select
    case_no,
    unit_no,
    court,
    basis_no,
    performance,
    filed_on,
    published_on,
    removed_on,
    removal_reason,
    warned_on,
    feedback_on,
    coalesce(removed_on <= published_on, false) as is_never_active,
    {{ month_no('published_on') }} as published_month,
    {{ month_by_as_of('removed_on') }} as removed_month,
    {{ month_by_as_of('warned_on') }} as warned_month,
    {{ month_by_as_of('feedback_on') }} as feedback_month,
    position
from {{ ref('stg_dishonest_debtors') }}
where
    unit_no is not null
    and published_on <= {{ as_of() }}
