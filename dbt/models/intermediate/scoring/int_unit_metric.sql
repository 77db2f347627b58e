{{ config(materialized='table') }}

{#- metric: reached, due; the commitments' figures are year-to-date already, the complaints' are summed over the year. -#}
{%- set commitment_metrics = {
    'fulfilment_ratio': ('commitments_fulfilled', 'commitments_due'),
    'on_time_ratio': ('commitments_on_time', 'commitments_due')
} %}
{%- set complaint_metrics = {
    'acceptance_rate': ('complaints_accepted_on_time', 'complaints_accept_due'),
    'resolution_rate': ('complaints_resolved_on_time', 'complaints_due'),
    'satisfaction_rate': ('complaints_satisfied', 'complaints_rated')
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
    {%- for metric, (reached, due) in complaint_metrics.items() %}
    select
        monthly.unit_no,
        assessment.month_no,
        assessment.year,
        '{{ metric }}' as metric,
        monthly.{{ reached }} as reached,
        monthly.{{ due }} as due
    from {{ ref('int_complaint_monthly') }} as monthly
    inner join {{ ref('int_month') }} as month on monthly.month_no = month.month_no
    inner join {{ ref('int_assessment') }} as assessment on month.year = assessment.year
    where monthly.{{ due }} > 0
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
