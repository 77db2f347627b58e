{{ config(materialized='view') }}

{%- set steps = [
    'participation', 'experts', 'risk', 'legality', 'integrity', 'collective', 'opinions', 'adviser', 'prepublication',
    'survey'
] %}

-- Notice of Xinxiang, 二(二): what had to be done before a promise was made, under the policy of the day it was made. A
-- step done after the promise counts as done, and is told. Most promises have no step on file: of those, what is asked
-- is that of their policy, and only the others are spread over the steps.
with asked as (
    select
        policy_id,
        count(*) as steps_required,
        {{ missing_steps(steps, 'true') }} as steps_missing
    from {{ source('policy', 'procedure_step') }}
    group by policy_id
),

-- Outer joins, and a policy that is never null: else a planner may begin with the two days, which matches every promise
-- with every region.
promise as (
    select
        commitment.commitment_no,
        commitment.unit_no,
        commitment.made_on,
        coalesce(region_policy.policy_id, 'none') as policy_id
    from {{ ref('int_commitment') }} as commitment
    left join {{ ref('int_unit') }} as unit on commitment.unit_no = unit.unit_no
    left join {{ ref('int_region_policy') }} as region_policy
        on
            unit.region_code = region_policy.region_code
            and commitment.made_on >= region_policy.valid_from
            and commitment.made_on < region_policy.valid_to
),

on_file as (
    select distinct commitment_no from {{ ref('stg_procedures') }}
),

walked as (
    select
        promise.commitment_no,
        promise.made_on,
        step.step,
        step.step_no,
        case when done.done_on <= {{ as_of() }} then done.done_on end as done_on
    from promise
    inner join on_file on promise.commitment_no = on_file.commitment_no
    inner join {{ source('policy', 'procedure_step') }} as step on promise.policy_id = step.policy_id
    left join {{ ref('stg_procedures') }} as done
        on promise.commitment_no = done.commitment_no and step.step = done.step
),

placed as (
    select
        *,
        max(done_on) over (
            partition by commitment_no order by step_no rows between unbounded preceding and 1 preceding
        ) as earlier_done_on
    from walked
),

done as (
    select
        commitment_no,
        count(done_on) as steps_done,
        count(case when done_on < earlier_done_on then 1 end) as steps_out_of_order,
        count(case when done_on > made_on then 1 end) as steps_after_the_promise,
        {{ missing_steps(steps, 'done_on is null') }} as steps_missing
    from placed
    group by commitment_no
)

select
    promise.commitment_no,
    unit.uscc,
    unit.answerable_uscc,
    unit.answerable_region_code as region_code,
    promise.policy_id,
    promise.made_on,
    asked.steps_required,
    coalesce(done.steps_done, 0) as steps_done,
    coalesce(done.steps_out_of_order, 0) as steps_out_of_order,
    coalesce(done.steps_after_the_promise, 0) as steps_after_the_promise,
    coalesce(done.steps_missing, asked.steps_missing) as steps_missing,
    coalesce(done.steps_done, 0) = asked.steps_required as is_complete
from promise
inner join asked on promise.policy_id = asked.policy_id
inner join {{ ref('int_answerable_now') }} as unit on promise.unit_no = unit.unit_no
left join done on promise.commitment_no = done.commitment_no
