{{ config(materialized='table') }}

select
    scope.unit_no,
    scope.month_no,
    not wanted.head_signature_required or coalesce(letter.signed_by_head, false) as is_valid,
    {%- for element in ['full_name', 'uscc', 'content', 'item_list', 'complaint_channel'] %}
    (not wanted.wants_{{ element }} or coalesce(letter.has_{{ element }}, false))
    and
    {%- endfor %}
    (not wanted.wants_word or coalesce(letter.word_received_on <= scope.month_end, false))
    and (not wanted.wants_stamped or coalesce(letter.stamped_received_on <= scope.month_end, false)) as is_whole
from {{ ref('int_unit_scope') }} as scope
inner join {{ ref('stg_commitment_letters') }} as letter
    on
        scope.unit_no = letter.unit_no
        and scope.year = letter.year
        and scope.month_end >= letter.signed_on
inner join {{ ref('int_policy_letter') }} as wanted on coalesce(scope.policy_id, '') = wanted.policy_id
