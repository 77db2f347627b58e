-- A record's stretches of days say at the D of every month what the ledger says there.
select
    state.record_id,
    state.month_no,
    state.status,
    period.status as status_by_day
from {{ ref('int_record_state') }} as state
inner join {{ ref('int_month') }} as month on state.month_no = month.month_no
left join {{ ref('int_record_period') }} as period
    on
        state.record_id = period.record_id
        and period.valid_from <= month.month_end
        and coalesce(period.valid_to > month.month_end, true)
where
    period.record_id is null
    or state.status <> period.status
    or state.weight <> period.weight
    or state.answerable_no <> period.answerable_no
