{{ config(materialized='table') }}

select
    scope.unit_no,
    scope.month_no,
    scope.region_code,
    scope.policy_id,
    scope.is_existing,
    scope.in_scope,
    coalesce(letter.is_valid, false) as has_letter,
    coalesce(letter.is_valid and letter.is_whole, false) as letter_complete,
    coalesce(
        letter.is_valid
        and case
            when publication.channels is not null and wanted.wants_every_channel
                then publication.channels_active = publication.channels
            else publication.channels_active > 0
        end, false
    ) as is_published,
    scope.in_scope
    and not coalesce(letter.is_valid, false)
    and coalesce(scope.month_end > asked.letter_due_on, false) as is_late
from {{ ref('int_unit_scope') }} as scope
inner join {{ ref('int_policy_letter') }} as wanted on coalesce(scope.policy_id, '') = wanted.policy_id
left join {{ ref('int_letter_month') }} as letter
    on scope.unit_no = letter.unit_no and scope.month_no = letter.month_no
left join {{ ref('int_publication_month') }} as publication
    on scope.unit_no = publication.unit_no and scope.month_no = publication.month_no
left join {{ ref('int_due_date_asked') }} as asked
    on scope.unit_no = asked.unit_no and scope.month_no = asked.month_no
