-- Notice of Xinxiang, 二(一): promises are to be specific and operable. Flagged for whoever drafts them, never counted
-- against a unit. A text is the title with the content, without the single spaces that intake leaves.
with worded as (
    select
        commitment.commitment_no,
        commitment.unit_no,
        commitment.year,
        commitment.amount_yuan,
        commitment.due_on_given,
        coalesce(unit.answerable_no, -1) as answerable_no,
        replace(commitment.title || coalesce(commitment.content, ''), ' ', '') as text
    from {{ ref('int_commitment') }} as commitment
    left join {{ ref('int_answerable_now') }} as unit on commitment.unit_no = unit.unit_no
),

text_used_again as (
    select text
    from worded
    group by text
    having count(*) > 1
),

repeated as (
    select
        worded.*,
        max(worded.year) over (
            partition by worded.answerable_no, worded.text
            order by worded.year range between 1 preceding and 1 preceding
        ) as earlier_year,
        min(worded.answerable_no) over (partition by worded.text, worded.year) as first_unit_no,
        max(worded.answerable_no) over (partition by worded.text, worded.year) as last_unit_no
    from worded
    inner join text_used_again on worded.text = text_used_again.text
),

flawed as (
    select
        commitment_no,
        unit_no,
        year,
        'no_measure' as flaw
    from worded
    where
        amount_yuan is null
        and not {{ matches('text', '[0-9]|[一二三四五六七八九十百千万两](个|项|件|家|户|公里|亩|人|日|天|月|年|元|亿)') }}
    union all
    select
        commitment_no,
        unit_no,
        year,
        'no_due_date' as flaw
    from worded
    where due_on_given is null
    union all
    select
        commitment_no,
        unit_no,
        year,
        'no_unit' as flaw
    from worded
    where unit_no is null
    union all
    select
        commitment_no,
        unit_no,
        year,
        'repeats_last_year' as flaw
    from repeated
    where unit_no is not null and earlier_year is not null
    union all
    select
        commitment_no,
        unit_no,
        year,
        'repeats_another_unit' as flaw
    from repeated
    where unit_no is not null and first_unit_no <> last_unit_no
)

select
    flawed.commitment_no,
    flawed.flaw,
    flawed.year,
    unit.uscc,
    unit.answerable_uscc,
    unit.answerable_region_code as region_code
from flawed
left join {{ ref('int_answerable_now') }} as unit on flawed.unit_no = unit.unit_no
where flawed.year between year({{ span_start() }}) and year({{ as_of() }})
