{{ config(materialized='table') }}

{%- set figures = ['made', 'due', 'fulfilled', 'on_time', 'overdue', 'amount_due', 'amount_fulfilled'] %}

{#-
What enters a figure (+1) and leaves it (-1): in which month, when, and by how much. Year-to-date figures start anew in
January, so that nothing leaves in another year than the one in which it entered; `overdue` is a stock of all years.
    due        from the due date until a lawful change; a breach before the due date brings it forward, for good, and
               counts again in the year of the due date where that is a later one
    fulfilled  once it is due and fulfilled, in the year of the due date, until a change or a breach undoes it
    overdue    from the due date until it is fulfilled or undone; breached for good
-#}
{%- set never = 999999 %}
{%- set falls_due = 'coalesce(change_month > due_month, true) and not coalesce(is_breached_early and '
    ~ same_year('breach_month', 'due_month') ~ ', false)' %}
{%- set is_kept = same_year('kept_month', 'due_month') ~ ' and undone_month > kept_month' %}
{%- set is_missed = 'due_month < undone_month and coalesce(due_month < fulfilled_month, true)' %}
{%- set movements = [
    {'month': 'made_month', 'when': 'made_month is not null', 'made': '1'},
    {'month': 'due_month', 'when': falls_due, 'due': '1', 'amount_due': 'amount'},
    {
        'month': 'change_month', 'when': 'change_month > due_month and ' ~ same_year('change_month', 'due_month'),
        'due': '-1', 'amount_due': '-amount'
    },
    {'month': 'breach_month', 'when': 'is_breached_early', 'due': '1', 'amount_due': 'amount'},
    {
        'month': 'kept_month', 'when': is_kept,
        'fulfilled': '1', 'on_time': 'cast(is_on_time as int)', 'amount_fulfilled': 'amount'
    },
    {
        'month': 'undone_month', 'when': is_kept ~ ' and ' ~ same_year('undone_month', 'due_month'),
        'fulfilled': '-1', 'on_time': '-cast(is_on_time as int)', 'amount_fulfilled': '-amount'
    },
    {'month': 'due_month', 'when': is_missed, 'overdue': '1'},
    {
        'month': 'least(undone_month, coalesce(fulfilled_month, undone_month))',
        'when': is_missed ~ ' and (undone_month < ' ~ never ~ ' or fulfilled_month is not null)',
        'overdue': '-1'
    },
    {'month': 'breach_month', 'when': 'breach_month is not null', 'overdue': '1'}
] %}

{#- A span may begin in the middle of a year: what happened since that January belongs to its first figures. -#}
{%- set span_month = month_no(span_start()) %}
{%- set january = span_month ~ ' - ' ~ span_month ~ ' % 12' %}

-- Movements by unit and month, and one running sum for all figures: never commitments × months, except for the few
-- that a finding contradicts (`observed`).
with contradicted as (
    select distinct commitment_no
    from {{ ref('int_contradiction') }}
),

commitment as (
    select
        commitment.unit_no,
        commitment.made_month,
        commitment.due_month,
        commitment.fulfilled_month,
        commitment.change_month,
        commitment.breach_month,
        commitment.is_on_time,
        cast(coalesce(commitment.amount_yuan, 0) as decimal(18, 2)) as amount,
        least(coalesce(commitment.change_month, {{ never }}), coalesce(commitment.breach_month, {{ never }}))
            as undone_month,
        case
            when commitment.due_month is not null and commitment.fulfilled_month is not null
                then greatest(commitment.due_month, commitment.fulfilled_month)
        end as kept_month,
        commitment.breach_month is not null and coalesce(commitment.due_month > commitment.breach_month, true)
            as is_breached_early
    from {{ ref('int_commitment') }} as commitment
    left join contradicted on commitment.commitment_no = contradicted.commitment_no
    where
        commitment.unit_no is not null
        and contradicted.commitment_no is null
),

movement as (
    {%- for movement in movements %}
    select
        unit_no,
        greatest({{ movement.month }}, {{ span_month }}) as month_no,
        {%- for figure in figures %}
        cast({{ movement[figure] or '0' }} as {{ 'decimal(18, 2)' if figure.startswith('amount') else 'int' }})
            as {{ figure }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from commitment
    where
        {{ movement.when }}
        {%- if not movement.overdue %}
        and {{ movement.month }} >= {{ january }}
        {%- endif %}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

change as (
    select
        unit_no,
        month_no,
        {%- for figure in figures %}
        sum({{ figure }}) as {{ figure }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from movement
    group by unit_no, month_no
),

grid as (
    select
        unit.unit_no,
        month.month_no,
        month.year
    from (
        select distinct unit_no
        from {{ ref('int_commitment') }}
        where unit_no is not null
    ) as unit
    cross join {{ ref('int_month') }} as month
),

running as (
    select
        grid.unit_no,
        grid.month_no,
        {%- for figure in figures %}
        sum(change.{{ figure }}) over {{ 'so_far' if figure == 'overdue' else 'year_to_date' }} as {{ figure }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from grid
    left join change on grid.unit_no = change.unit_no and grid.month_no = change.month_no
    window
        year_to_date as (partition by grid.unit_no, grid.year order by grid.month_no rows unbounded preceding),
        so_far as (partition by grid.unit_no order by grid.month_no rows unbounded preceding)
),

judged as (
    select
        commitment.unit_no,
        month.month_no,
        cast(coalesce(commitment.amount_yuan, 0) as decimal(18, 2)) as amount,
        {{ same_year('commitment.made_month', 'month.month_no') }} as is_made,
        {{ commitment_state('commitment', 'contradiction.commitment_no is not null', 'month.month_no') }} as state,
        coalesce(commitment.due_month <= month.month_no, false) as is_past_due,
        coalesce({{ commitment_counts_as_due('commitment', 'month.month_no') }}, false) as is_due
    from {{ ref('int_commitment') }} as commitment
    inner join contradicted on commitment.commitment_no = contradicted.commitment_no
    inner join {{ ref('int_month') }} as month on commitment.made_month <= month.month_no
    left join {{ ref('int_contradiction') }} as contradiction
        on commitment.commitment_no = contradiction.commitment_no and month.month_no = contradiction.month_no
),

observed as (
    select
        unit_no,
        month_no,
        count(case when is_made then 1 end) as made,
        count(case when is_due then 1 end) as due,
        count(case when is_due and state in ('fulfilled_on_time', 'fulfilled_late') then 1 end) as fulfilled,
        count(case when is_due and state = 'fulfilled_on_time' then 1 end) as on_time,
        count(case when state in ('overdue', 'breached') or (state = 'contradicted' and is_past_due) then 1 end)
            as overdue,
        sum(case when is_due then amount end) as amount_due,
        sum(case when is_due and state in ('fulfilled_on_time', 'fulfilled_late') then amount end) as amount_fulfilled
    from judged
    group by unit_no, month_no
)

select
    running.unit_no,
    running.month_no,
    {%- for figure in figures %}
    cast(
        coalesce(running.{{ figure }}, 0) + coalesce(observed.{{ figure }}, 0)
        as {{ 'decimal(18, 2)' if figure.startswith('amount') else 'bigint' }}
    ) as {{ figure ~ '_yuan' if figure.startswith('amount') else 'commitments_' ~ figure }}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from running
left join observed on running.unit_no = observed.unit_no and running.month_no = observed.month_no
