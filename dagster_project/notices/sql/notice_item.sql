-- One row for each thing that a unit in scope is told of, paper by paper, in the order of the roster.
-- Tip sheet: `listing` new in the month; `due`, a rectification due in the 30 days after the month.
-- Rectification notice: `ordered` in the month and not yet due; `overdue` at its end; `record` of the month, for which
-- the unit is to explain itself in writing. A breach is a rectification, a listing has its tip sheet, and what is
-- disputed waits. What the same month's notice orders is no tip besides.
-- A paper goes out as_of: what is done by then is asked of nobody, and a day that has passed is not said to come.
-- It goes to the unit that answers on that day; one that is no more gets none.
-- In: the variables starts_on, through_on (the month's D), as_of, prefix.
with task as (
    select *
    from rectification
    where coalesce(ordered_on <= getvariable('through_on'), true) and completed_on is null
),

item as (
    select
        'tip_sheet' as paper, 1 as part_no, 'listing' as part,
        case_no || ':' || uscc as subject, uscc, case_no as number, court, published_on as happened_on,
        cast(null as date) as due_on
    from fct_listing
    where published_on between getvariable('starts_on') and getvariable('through_on')
        and removed_on is null
    union all
    select 'tip_sheet', 2, 'due', subject, uscc, subject, null, ordered_on, due_on
    from task
    where due_on > getvariable('as_of') and due_on <= getvariable('through_on') + 30
        and coalesce(ordered_on < getvariable('starts_on'), true)
    union all
    select 'rectification_notice', 1, 'ordered', subject, uscc, subject, null, ordered_on, due_on
    from task
    where ordered_on between getvariable('starts_on') and getvariable('through_on')
        and coalesce(due_on > getvariable('as_of'), true)
    union all
    select 'rectification_notice', 2, 'overdue', subject, uscc, subject, null, ordered_on, due_on
    from task
    where due_on <= getvariable('through_on')
    union all
    select 'rectification_notice', 3, entry.kind, entry.record_id, entry.answerable_uscc, record.source_key, null,
        entry.occurred_on, null
    from record_period as entry
    inner join fct_integrity_record as record on entry.record_id = record.record_id
    where entry.occurred_on between getvariable('starts_on') and getvariable('through_on')
        and entry.valid_to is null
        and entry.kind not in ('breach', 'listing') and entry.status <> 'under_objection' and entry.weight > 0
)

select
    item.paper,
    item.part,
    item.subject,
    unit.uscc,
    organization.name as unit_name,
    unit.region_code,
    item.number,
    item.court,
    item.happened_on,
    item.due_on,
    date_diff('day', item.due_on, getvariable('as_of')) as days_late
from item
left join succession
    on item.uscc = succession.uscc
    and succession.valid_from <= getvariable('as_of')
    and coalesce(succession.valid_to > getvariable('as_of'), true)
inner join org_monthly as unit
    on coalesce(succession.answerable_uscc, item.uscc) = unit.uscc
    -- The last month is that of as_of.
    and unit.month = (select max(month) from org_monthly) and unit.in_scope
inner join dim_organization as organization on unit.uscc = organization.uscc
where starts_with(unit.region_code, getvariable('prefix'))
order by
    unit.region_code, unit.uscc, item.paper, item.part_no, coalesce(item.due_on, item.happened_on), item.subject
