with unit as (
    select
        scope.unit_no,
        scope.has_letter,
        scope.is_published,
        scope.is_late,
        asked.letter_due_on,
        asked.publicity_due_on
    from {{ ref('int_unit_month') }} as scope
    inner join {{ ref('int_unit') }} as roster on scope.unit_no = roster.unit_no
    inner join {{ ref('int_due_date_asked') }} as asked
        on scope.unit_no = asked.unit_no and scope.month_no = asked.month_no
    where
        scope.in_scope
        and scope.month_no = {{ month_no(as_of()) }}
)

select
    'letter_missing' as kind,
    unit_no,
    letter_due_on as due_on,
    '未签署本年度政务诚信承诺书' as message
from unit
where is_late
union all
select
    'letter_due_soon' as kind,
    unit_no,
    letter_due_on as due_on,
    '本年度政务诚信承诺书即将到期' as message
from unit
where
    not has_letter
    and letter_due_on between {{ as_of() }} and date_add({{ as_of() }}, 30)
union all
select
    'unpublished' as kind,
    unit_no,
    publicity_due_on as due_on,
    '承诺书逾期未公示' as message
from unit
where
    has_letter
    and not is_published
    and publicity_due_on < {{ as_of() }}
