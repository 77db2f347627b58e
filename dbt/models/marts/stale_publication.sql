-- Notice of Ganzhou, 三(三): units feed back what is fulfilled or changed. What a page said on the day it was published is
-- out of date from the day on which the promise was kept, lawfully changed or broken. A finding against what a unit calls
-- fulfilled is not the unit's to feed back: the complaint holds it.
with changed as (
    select
        fact.commitment_no,
        fact.uscc,
        fact.answerable_uscc,
        fact.year,
        fact.title,
        fact.state,
        case
            when fact.state in ('fulfilled_on_time', 'fulfilled_late') then fact.fulfilled_on
            when fact.state = 'lawfully_changed' then commitment.change_approved_on
            when fact.state = 'breached' then commitment.breach_on
        end as changed_on
    from {{ ref('fct_commitment') }} as fact
    inner join {{ ref('int_commitment') }} as commitment on fact.commitment_no = commitment.commitment_no
)

select
    changed.commitment_no,
    changed.uscc,
    changed.answerable_uscc,
    unit.region_code,
    changed.year,
    changed.title,
    shown.published_on,
    shown.channels,
    changed.state,
    changed.changed_on,
    {{ days_between('changed.changed_on', as_of()) }} as days_stale
from changed
inner join {{ ref('int_publication_shown') }} as shown on changed.commitment_no = shown.commitment_no
inner join {{ ref('int_unit') }} as unit on changed.answerable_uscc = unit.uscc
where changed.changed_on > shown.published_on
