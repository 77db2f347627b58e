-- rules.md, "Clearance look-up", at `as_of`; of any earlier day the same is asked of the periods (`jiannuo check`).
with term as (
    select
        organization.uscc,
        year({{ as_of() }}) - cast(parameter.value as int) + 1 as first_year
    from {{ ref('dim_organization') }} as organization
    inner join {{ ref('int_policy_parameter') }} as parameter
        on coalesce(organization.policy_id, '') = parameter.policy_id and parameter.key = 'clearance.years'
),

counted as (
    select
        period.answerable_uscc as uscc,
        count(*) as records_counted,
        count(case when period.status not in ('repaired', 'lenient', 'under_objection') then 1 end) as records_barring
    from {{ ref('record_period') }} as period
    inner join term on period.answerable_uscc = term.uscc
    where
        period.valid_from <= {{ as_of() }}
        and period.valid_to is null
        and period.weight > 0
        and coalesce(period.counts_until >= period.occurred_on, true)
        and year(least(coalesce(period.counts_until, {{ as_of() }}), {{ as_of() }})) >= term.first_year
    group by period.answerable_uscc
),

listed as (
    select
        answerable_uscc as uscc,
        count(*) as listings_active
    from {{ ref('fct_listing') }}
    where is_active
    group by answerable_uscc
),

late as (
    select
        answerable_uscc as uscc,
        count(*) as commitments_overdue
    from {{ ref('fct_commitment') }}
    where
        state in ('overdue', 'breached')
        or (state = 'contradicted' and due_on <= {{ as_of() }})
    group by answerable_uscc
)

select
    term.uscc,
    case
        when coalesce(listed.listings_active, 0) > 0 or coalesce(counted.records_barring, 0) > 0 then 'barred'
        when counted.records_counted > 0 then 'attention'
        else 'clear'
    end as clearance,
    term.first_year as counted_from_year,
    coalesce(counted.records_counted, 0) as records_counted,
    coalesce(listed.listings_active, 0) as listings_active,
    coalesce(late.commitments_overdue, 0) as commitments_overdue
from term
left join counted on term.uscc = counted.uscc
left join listed on term.uscc = listed.uscc
left join late on term.uscc = late.uscc
