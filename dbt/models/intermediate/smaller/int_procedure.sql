{{ config(materialized='view') }}

{%- set steps = [
    'participation', 'experts', 'risk', 'legality', 'integrity', 'collective', 'opinions', 'adviser', 'prepublication',
    'survey'
] %}

-- Notice of Xinxiang, 二(二): what had to be done before a promise was made, under the policy of the day it was made. A
-- step done after the promise counts as done, and is told.
with asked as (
    select
        commitment.commitment_no,
        commitment.unit_no,
        commitment.made_on,
        region_policy.policy_id,
        asked.step,
        asked.step_no,
        case when done.done_on <= {{ as_of() }} then done.done_on end as done_on
    from {{ ref('int_commitment') }} as commitment
    inner join {{ ref('int_unit') }} as unit on commitment.unit_no = unit.unit_no
    inner join {{ ref('int_region_policy') }} as region_policy
        on
            unit.region_code = region_policy.region_code
            and commitment.made_on >= region_policy.valid_from
            and commitment.made_on < region_policy.valid_to
    inner join {{ source('policy', 'procedure_step') }} as asked on region_policy.policy_id = asked.policy_id
    left join {{ ref('stg_procedures') }} as done
        on commitment.commitment_no = done.commitment_no and asked.step = done.step
),

placed as (
    select
        *,
        max(done_on) over (
            partition by commitment_no order by step_no rows between unbounded preceding and 1 preceding
        ) as earlier_done_on
    from asked
)

select
    placed.commitment_no,
    unit.uscc,
    unit.answerable_uscc,
    unit.answerable_region_code as region_code,
    placed.policy_id,
    placed.made_on,
    count(*) as steps_required,
    count(placed.done_on) as steps_done,
    count(case when placed.done_on < placed.earlier_done_on then 1 end) as steps_out_of_order,
    count(case when placed.done_on > placed.made_on then 1 end) as steps_after_the_promise,
    {%- for step in steps %}
    max(case when placed.step = '{{ step }}' and placed.done_on is null then '{{ step }} ' else '' end)
    {%- if not loop.last %} ||{% endif %}
    {%- endfor %} as steps_missing,
    count(placed.done_on) = count(*) as is_complete
from placed
inner join {{ ref('int_answerable_now') }} as unit on placed.unit_no = unit.unit_no
group by
    placed.commitment_no,
    unit.uscc,
    unit.answerable_uscc,
    unit.answerable_region_code,
    placed.policy_id,
    placed.made_on
