{{ config(materialized='table') }}

-- The terms of a policy for a channel, side by side, as numbers of int_term.
select
    complaint_term.policy_id,
    complaint_term.channel,
    {%- for part in ['accept', 'resolve', 'max_extension'] %}
    max(case when complaint_term.part = '{{ part }}' then term.term_no end) as {{ part }}_term_no,
    {%- endfor %}
    {%- for part in ['accept', 'resolve'] %}
    {{ any_true("complaint_term.part = '" ~ part ~ "' and complaint_term.from_accepted") }} as is_{{ part }}_from_accepted
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from {{ source('policy', 'complaint_term') }} as complaint_term
inner join {{ ref('int_term') }} as term
    on complaint_term.days = term.days and complaint_term.is_workdays = term.is_workdays
group by complaint_term.policy_id, complaint_term.channel
