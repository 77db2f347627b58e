{{ config(materialized='table') }}

{#- The commitments' figures are year-to-date already; the complaints' are not, and a span may begin in mid-year. -#}
{%- set commitment_metrics = {
    'fulfilment_ratio': ('commitments_fulfilled', 'commitments_due'),
    'on_time_ratio': ('commitments_on_time', 'commitments_due')
} %}
{#- metric: the month that counts, what was due, what was reached. -#}
{%- set complaint_metrics = {
    'acceptance_rate': ('accept_due_month', none, 'is_accepted_on_time'),
    'resolution_rate': ('resolve_due_month', none, 'is_resolved_on_time'),
    'satisfaction_rate': (
        'resolved_month',
        "satisfaction in ('satisfied', 'fair', 'dissatisfied')",
        "satisfaction in ('satisfied', 'fair')"
    )
} %}

-- Figures of the whole year up to D, for the unit that answers at D.
with figure as (
    {%- for metric, (reached, due) in commitment_metrics.items() %}
    select
        monthly.unit_no,
        assessment.month_no,
        assessment.year,
        '{{ metric }}' as metric,
        monthly.{{ reached }} as reached,
        monthly.{{ due }} as due
    from {{ ref('int_commitment_monthly') }} as monthly
    inner join {{ ref('int_assessment') }} as assessment on monthly.month_no = assessment.month_no
    where monthly.{{ due }} > 0
    union all
    {%- endfor %}
    {%- for metric, (month, is_due, is_reached) in complaint_metrics.items() %}
    select
        complaint.unit_no,
        assessment.month_no,
        assessment.year,
        '{{ metric }}' as metric,
        count(case when complaint.{{ is_reached }} then 1 end) as reached,
        count(*) as due
    from {{ ref('int_complaint') }} as complaint
    inner join {{ ref('int_assessment') }} as assessment
        on
            complaint.{{ month }} <= assessment.month_no
            and {{ same_year('complaint.' ~ month, 'assessment.month_no') }}
    where
        complaint.unit_no is not null
        and complaint.has_policy
        and not complaint.is_duplicate
        and not complaint.is_excluded
        {%- if is_due %}
        and complaint.{{ is_due }}
        {%- endif %}
    group by complaint.unit_no, assessment.month_no, assessment.year
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select
    coalesce(answerable.answerable_no, figure.unit_no) as unit_no,
    figure.year,
    figure.metric,
    cast(sum(figure.reached) as bigint) as reached,
    cast(sum(figure.due) as bigint) as due
from figure
left join {{ ref('int_answerable') }} as answerable
    on figure.unit_no = answerable.unit_no and figure.month_no = answerable.month_no
group by coalesce(answerable.answerable_no, figure.unit_no), figure.year, figure.metric
