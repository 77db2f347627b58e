{{ config(materialized='table') }}

{#- A span may begin in the middle of a year: what happened since that January belongs to its first figures. -#}
{%- set span_month = month_no(span_start()) %}
{%- set is_counted = '(month_no >= ' ~ span_month ~ ' or ' ~ same_year('month_no', span_month) ~ ')' %}

-- Year to date starts anew in January, `commitments_overdue` is a stock: what enters and leaves in a month is +1 and -1, and
-- one running sum makes all figures. Only the few commitments that a finding contradicts are looked at month by month.
with commitment as (
    select
        commitment.*,
        coalesce(commitment.amount_yuan, 0) as amount,
        least(coalesce(commitment.change_month, 999999), coalesce(commitment.breach_month, 999999)) as undone_month,
        greatest(commitment.due_month, commitment.fulfilled_month) as kept_month
    from {{ ref('int_commitment') }} as commitment
    left join (
        select distinct commitment_no
        from {{ ref('int_contradiction') }}
    ) as contradicted on commitment.commitment_no = contradicted.commitment_no
    where
        commitment.unit_no is not null
        and contradicted.commitment_no is null
),

event as (
    select
        unit_no,
        made_month as month_no,
        1 as made,
        0 as due,
        0 as fulfilled,
        0 as on_time,
        0 as overdue,
        0 as amount_due,
        0 as amount_fulfilled
    from commitment
    union all
    -- Falls due, if no lawful change came first; a lawful change takes it out again.
    select
        unit_no,
        due_month,
        0,
        1,
        0,
        0,
        0,
        amount,
        0
    from commitment
    where due_month is not null and coalesce(change_month > due_month, true)
    union all
    select
        unit_no,
        change_month,
        0,
        -1,
        0,
        0,
        0,
        -amount,
        0
    from commitment
    where change_month > due_month and {{ same_year('change_month', 'due_month') }}
    union all
    -- Breached before it falls due: due from the breach on, until the due date itself says so.
    select
        unit_no,
        breach_month,
        0,
        1,
        0,
        0,
        0,
        amount,
        0
    from commitment
    where breach_month is not null and coalesce(due_month > breach_month, true)
    union all
    select
        unit_no,
        due_month,
        0,
        -1,
        0,
        0,
        0,
        -amount,
        0
    from commitment
    where due_month > breach_month and {{ same_year('due_month', 'breach_month') }}
    union all
    -- Fulfilled, in the year in which it falls due, until a change or a breach undoes it.
    select
        unit_no,
        kept_month,
        0,
        0,
        1,
        case when is_on_time then 1 else 0 end,
        0,
        0,
        amount
    from commitment
    where
        due_month is not null
        and fulfilled_month is not null
        and {{ same_year('kept_month', 'due_month') }}
        and undone_month > kept_month
    union all
    select
        unit_no,
        undone_month,
        0,
        0,
        -1,
        case when is_on_time then -1 else 0 end,
        0,
        0,
        -amount
    from commitment
    where
        due_month is not null
        and fulfilled_month is not null
        and {{ same_year('kept_month', 'due_month') }}
        and {{ same_year('undone_month', 'due_month') }}
        and undone_month > kept_month
    union all
    -- Overdue from the due date until it is fulfilled or undone; breached for good.
    select
        unit_no,
        due_month,
        0,
        0,
        0,
        0,
        1,
        0,
        0
    from commitment
    where due_month < undone_month and coalesce(due_month < fulfilled_month, true)
    union all
    select
        unit_no,
        least(undone_month, coalesce(fulfilled_month, undone_month)),
        0,
        0,
        0,
        0,
        -1,
        0,
        0
    from commitment
    where
        due_month < undone_month
        and coalesce(due_month < fulfilled_month, true)
        and least(undone_month, coalesce(fulfilled_month, undone_month)) < 999999
    union all
    select
        unit_no,
        breach_month,
        0,
        0,
        0,
        0,
        1,
        0,
        0
    from commitment
    where breach_month is not null
),

change as (
    select
        unit_no,
        greatest(month_no, {{ span_month }}) as month_no,
        sum(case when {{ is_counted }} then made else 0 end) as made,
        sum(case when {{ is_counted }} then due else 0 end) as due,
        sum(case when {{ is_counted }} then fulfilled else 0 end) as fulfilled,
        sum(case when {{ is_counted }} then on_time else 0 end) as on_time,
        sum(overdue) as overdue,
        sum(case when {{ is_counted }} then amount_due else 0 end) as amount_due,
        sum(case when {{ is_counted }} then amount_fulfilled else 0 end) as amount_fulfilled
    from event
    group by unit_no, greatest(month_no, {{ span_month }})
),

running as (
    select
        grid.unit_no,
        grid.month_no,
        sum(change.made) over year_to_date as made,
        sum(change.due) over year_to_date as due,
        sum(change.fulfilled) over year_to_date as fulfilled,
        sum(change.on_time) over year_to_date as on_time,
        sum(change.overdue) over so_far as overdue,
        sum(change.amount_due) over year_to_date as amount_due,
        sum(change.amount_fulfilled) over year_to_date as amount_fulfilled
    from (
        select
            unit.unit_no,
            month.month_no,
            month.year
        from (
            select distinct unit_no
            from change
        ) as unit
        cross join {{ ref('int_month') }} as month
    ) as grid
    left join change on grid.unit_no = change.unit_no and grid.month_no = change.month_no
    window
        year_to_date as (partition by grid.unit_no, grid.year order by grid.month_no rows unbounded preceding),
        so_far as (partition by grid.unit_no order by grid.month_no rows unbounded preceding)
),

observed as (
    select
        commitment.unit_no,
        month.month_no,
        coalesce(commitment.amount_yuan, 0) as amount,
        commitment.is_on_time,
        {{ same_year('commitment.made_month', 'month.month_no') }} as is_made,
        {{ commitment_state('commitment', 'contradiction.commitment_no is not null', 'month.month_no') }} as state,
        coalesce(commitment.due_month <= month.month_no, false) as is_due,
        coalesce({{ commitment_counts_as_due('commitment', 'month.month_no') }}, false) as counts_as_due
    from {{ ref('int_commitment') }} as commitment
    inner join (
        select distinct commitment_no
        from {{ ref('int_contradiction') }}
    ) as contradicted on commitment.commitment_no = contradicted.commitment_no
    inner join {{ ref('int_month') }} as month on commitment.made_month <= month.month_no
    left join {{ ref('int_contradiction') }} as contradiction
        on commitment.commitment_no = contradiction.commitment_no and month.month_no = contradiction.month_no
),

judged as (
    select
        *,
        state in ('fulfilled_on_time', 'fulfilled_late') as is_fulfilled
    from observed
),

figure as (
    select
        unit_no,
        month_no,
        made,
        due,
        fulfilled,
        on_time,
        overdue,
        amount_due,
        amount_fulfilled
    from running
    union all
    select
        unit_no,
        month_no,
        case when is_made then 1 else 0 end,
        case when counts_as_due then 1 else 0 end,
        case when counts_as_due and is_fulfilled then 1 else 0 end,
        case when counts_as_due and is_fulfilled and is_on_time then 1 else 0 end,
        case when state in ('overdue', 'breached') or (state = 'contradicted' and is_due) then 1 else 0 end,
        case when counts_as_due then amount else 0 end,
        case when counts_as_due and is_fulfilled then amount else 0 end
    from judged
)

select
    unit_no,
    month_no,
    cast(coalesce(sum(made), 0) as bigint) as commitments_made,
    cast(coalesce(sum(due), 0) as bigint) as commitments_due,
    cast(coalesce(sum(fulfilled), 0) as bigint) as commitments_fulfilled,
    cast(coalesce(sum(on_time), 0) as bigint) as commitments_on_time,
    cast(coalesce(sum(overdue), 0) as bigint) as commitments_overdue,
    cast(coalesce(sum(amount_due), 0) as decimal(18, 2)) as amount_due_yuan,
    cast(coalesce(sum(amount_fulfilled), 0) as decimal(18, 2)) as amount_fulfilled_yuan
from figure
group by unit_no, month_no
