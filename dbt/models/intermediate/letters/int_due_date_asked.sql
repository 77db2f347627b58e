{{ config(materialized='table') }}

-- rules.md, "Coverage and publicity": the day of the year by which a policy wants a letter, and its publication, of a
-- unit; none where that very day is under a policy with another due date, or before the unit's grace has passed.
with due as (
    select
        scope.unit_no,
        scope.month_no,
        scope.region_code,
        scope.established_on,
        policy.grace_days,
        policy.letter_due,
        policy.publicity_due,
        {{ day_of_year('scope.year', 'policy.letter_due') }} as letter_due_on,
        {{ day_of_year('scope.year', 'policy.publicity_due') }} as publicity_due_on
    from {{ ref('int_unit_scope') }} as scope
    inner join {{ source('policy', 'policy') }} as policy on scope.policy_id = policy.policy_id
)

select
    due.unit_no,
    due.month_no,
    case
        when
            letter_policy.letter_due = due.letter_due
            and coalesce(date_add(due.established_on, cast(due.grace_days as int)) <= due.letter_due_on, true)
            then due.letter_due_on
    end as letter_due_on,
    case
        when
            publicity_policy.publicity_due = due.publicity_due
            and coalesce(date_add(due.established_on, cast(due.grace_days as int)) <= due.publicity_due_on, true)
            then due.publicity_due_on
    end as publicity_due_on
from due
left join {{ ref('int_region_policy') }} as at_letter_due
    on
        due.region_code = at_letter_due.region_code
        and due.letter_due_on >= at_letter_due.valid_from
        and due.letter_due_on < at_letter_due.valid_to
left join {{ source('policy', 'policy') }} as letter_policy on at_letter_due.policy_id = letter_policy.policy_id
left join {{ ref('int_region_policy') }} as at_publicity_due
    on
        due.region_code = at_publicity_due.region_code
        and due.publicity_due_on >= at_publicity_due.valid_from
        and due.publicity_due_on < at_publicity_due.valid_to
left join {{ source('policy', 'policy') }} as publicity_policy
    on at_publicity_due.policy_id = publicity_policy.policy_id
