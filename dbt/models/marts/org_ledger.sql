{%- set ledgers = [
    (
        'procedures', 'procedure', 'answerable_uscc',
        'is_complete', 'false', 'not is_complete or steps_out_of_order > 0', '0'
    ),
    (
        'inventories', 'inventory', 'uscc',
        "state in ('on_time', 'late')", "state = 'missing'", "state = 'late'", '0'
    ),
    (
        'transfers', 'transfer', 'answerable_uscc',
        'held_until is not null', 'is_without_end', 'false', 'days_held'
    ),
    (
        'rectifications', 'rectification', 'answerable_uscc',
        "state in ('on_time', 'late')", "state = 'overdue'", "state = 'late'", '0'
    ),
    (
        'arrears', 'arrear', 'answerable_uscc',
        'unpaid_yuan = 0', 'is_overdue', 'false', 'days_overdue'
    ),
    (
        'honours', 'honour', 'answerable_uscc',
        'awarded_on is not null', 'false', 'is_barred', '0'
    ),
    (
        'proposals', 'proposal', 'answerable_uscc',
        "state in ('on_time', 'late')", "state = 'overdue'", "state = 'late'", '0'
    ),
    (
        'opinions', 'opinion', 'answerable_uscc',
        'not is_open', 'false', "level = 'major'", 'days'
    ),
    (
        'tasks', 'task', 'answerable_uscc',
        "state in ('on_time', 'late')", "state = 'overdue'", "state = 'late'", '0'
    ),
    (
        'accountability', 'accountability_case', 'answerable_uscc',
        "stage in ('executed', 'appeal_decided')", 'false', 'is_decided_without_hearing or steps_out_of_order > 0', '0'
    ),
    (
        'listing_notices', 'listing_notice', 'answerable_uscc',
        "state = 'listed'", 'false', "state = 'planned'", 'coalesce(days_to_listing, 0)'
    ),
    (
        'listings', 'listing_loop', 'answerable_uscc',
        "stage = 'exited'", 'false', "stage = 'shared'", 'days_listed'
    ),
    (
        'compensations', 'compensation', 'answerable_uscc',
        "state in ('paid', 'none_due')", 'false', "state in ('short', 'unreadable')", '0'
    ),
    (
        'stale_publications', 'stale_publication', 'answerable_uscc',
        'false', 'false', 'true', 'days_stale'
    )
] -%}
{#- Of the ledgers of money: what is owed, what was paid of it, what is still open. -#}
{%- set money = {
    'arrears': ('amount_yuan', 'amount_yuan - unpaid_yuan', 'unpaid_yuan'),
    'compensations': ('coalesce(compensation_due_yuan, 0)', 'compensated_yuan', 'coalesce(unpaid_yuan, 0)')
} -%}

-- The figures of each of the smaller ledgers, by the unit that answers at `as_of`.
{%- for ledger, mart, unit, is_done, is_overdue, is_flagged, days in ledgers %}
{%- set owed, paid, unpaid = money.get(ledger, ('0', '0', '0')) %}
select
    {{ unit }} as uscc,
    '{{ ledger }}' as ledger,
    count(*) as things,
    count(case when {{ is_done }} then 1 end) as things_done,
    count(case when {{ is_overdue }} then 1 end) as things_overdue,
    count(case when {{ is_flagged }} then 1 end) as things_flagged,
    cast(sum({{ days }}) as bigint) as days,
    cast(sum({{ owed }}) as decimal(18, 2)) as owed_yuan,
    cast(sum({{ paid }}) as decimal(18, 2)) as paid_yuan,
    cast(sum({{ unpaid }}) as decimal(18, 2)) as amount_yuan
from {{ ref(mart) }}
where {{ unit }} is not null
group by {{ unit }}
{%- if not loop.last %}
union all
{%- endif %}
{%- endfor %}
