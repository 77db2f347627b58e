{{ config(materialized='view') }}

-- The feed gives days: one handled on the day it was found took 0. One handled before it was found is not handled.
select
    opinion.event_no,
    unit.uscc,
    unit.answerable_uscc,
    unit.answerable_region_code as region_code,
    opinion.level,
    opinion.found_on,
    case when opinion.handled_on between opinion.found_on and {{ as_of() }} then opinion.handled_on end as handled_on,
    {{ days_between(
        'opinion.found_on',
        "case when opinion.handled_on between opinion.found_on and " ~ as_of() ~ " then opinion.handled_on else " ~ as_of() ~ " end"
    ) }} as days,
    not coalesce(opinion.handled_on between opinion.found_on and {{ as_of() }}, false) as is_open
from {{ ref('stg_opinions') }} as opinion
inner join {{ ref('int_answerable_now') }} as unit on opinion.unit_no = unit.unit_no
where opinion.found_on <= {{ as_of() }}
