-- What a policy asks of a letter and of its publication, one row for each policy; the empty id is the default.
select
    policy.policy_id,
    policy.head_signature_required,
    policy.publicity_require = 'all' as wants_every_channel,
    {%- for element in ['full_name', 'uscc', 'content', 'item_list', 'complaint_channel'] %}
    {{ any_true("element.element = '" ~ element ~ "'") }} as wants_{{ element }},
    {%- endfor %}
    {{ any_true("copy.copy = 'word'") }} as wants_word,
    {{ any_true("copy.copy = 'stamped'") }} as wants_stamped
from {{ source('policy', 'policy') }} as policy
left join {{ source('policy', 'letter_element') }} as element on policy.policy_id = element.policy_id
left join {{ source('policy', 'letter_copy') }} as copy on policy.policy_id = copy.policy_id
group by policy.policy_id, policy.head_signature_required, policy.publicity_require
