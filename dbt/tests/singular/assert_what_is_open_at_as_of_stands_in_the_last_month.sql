-- The stocks of the last month are the single things open at `as_of`, counted at the unit that answers for them.
with open_item as (
    select
        answerable_uscc as uscc,
        case
            when state in ('overdue', 'breached') or (state = 'contradicted' and due_on <= {{ as_of() }}) then 1
            else 0
        end as commitments_overdue,
        0 as complaints_open_overdue,
        0 as listings_active
    from {{ ref('fct_commitment') }}
    union all
    select
        answerable_uscc as uscc,
        0 as commitments_overdue,
        case when resolve_state = 'overdue' then 1 else 0 end as complaints_open_overdue,
        0 as listings_active
    from {{ ref('fct_complaint') }}
    union all
    select
        answerable_uscc as uscc,
        0 as commitments_overdue,
        0 as complaints_open_overdue,
        case when is_active then 1 else 0 end as listings_active
    from {{ ref('fct_listing') }}
),

listed as (
    select
        uscc,
        sum(commitments_overdue) as commitments_overdue,
        sum(complaints_open_overdue) as complaints_open_overdue,
        sum(listings_active) as listings_active
    from open_item
    where
        uscc is not null
        and commitments_overdue + complaints_open_overdue + listings_active > 0
    group by uscc
),

monthly as (
    select
        figure.uscc,
        figure.commitments_overdue,
        figure.complaints_open_overdue,
        figure.listings_active
    from {{ ref('org_monthly') }} as figure
    inner join {{ ref('int_month') }} as month on figure.month = month.month
    where
        month.is_last
        and figure.commitments_overdue + figure.complaints_open_overdue + figure.listings_active > 0
)

select coalesce(listed.uscc, monthly.uscc) as uscc
from listed
full outer join monthly on listed.uscc = monthly.uscc
where
    coalesce(listed.commitments_overdue, 0) <> coalesce(monthly.commitments_overdue, 0)
    or coalesce(listed.complaints_open_overdue, 0) <> coalesce(monthly.complaints_open_overdue, 0)
    or coalesce(listed.listings_active, 0) <> coalesce(monthly.listings_active, 0)
