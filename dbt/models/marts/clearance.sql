-- rules.md, "Clearance look-up", at `as_of`; of any earlier day the same is asked of the periods (`jiannuo check`).
with late as (
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
    verdict.uscc,
    verdict.clearance,
    verdict.first_year as counted_from_year,
    verdict.records_counted,
    verdict.listings_active,
    coalesce(late.commitments_overdue, 0) as commitments_overdue
from ({{ clearance_on(ref('dim_organization'), 'uscc', 'uscc', 'region_code', as_of()) }}) as verdict
left join late on verdict.uscc = late.uscc
