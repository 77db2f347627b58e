{{ config(materialized='table') }}

-- An action that names no unit holds only where one answerable unit at D alone has a record of its kind and key.
select
    record.kind,
    record.record_key,
    month.month_no,
    min(coalesce(answerable.answerable_no, record.unit_no)) as answerable_no
from {{ ref('int_record') }} as record
inner join (
    select distinct
        record_kind,
        record_key
    from {{ ref('int_record_action') }}
    where unit_no is null
) as action
    on record.kind = action.record_kind and record.record_key = action.record_key
inner join {{ ref('int_month') }} as month
    on record.occurred_month <= month.month_no and record.existing_month <= month.month_no
left join {{ ref('int_answerable') }} as answerable
    on record.unit_no = answerable.unit_no and month.month_no = answerable.month_no
left join {{ ref('int_superseded') }} as superseded
    on
        record.kind = 'judgment'
        and record.record_key = superseded.case_no
        and record.unit_no = superseded.unit_no
        and month.month_no = superseded.month_no
where superseded.case_no is null
group by record.kind, record.record_key, month.month_no
having count(distinct coalesce(answerable.answerable_no, record.unit_no)) = 1
