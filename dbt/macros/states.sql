{#- State of a commitment at the D of a month, the first that holds (rules.md, "Commitments"). -#}
{% macro commitment_state(commitment, is_contradicted, month_no) -%}
    case
        when {{ commitment }}.change_month <= {{ month_no }} then 'lawfully_changed'
        when {{ commitment }}.breach_month <= {{ month_no }} then 'breached'
        when {{ is_contradicted }} then 'contradicted'
        when {{ commitment }}.fulfilled_month <= {{ month_no }} and {{ commitment }}.is_on_time then 'fulfilled_on_time'
        when {{ commitment }}.fulfilled_month <= {{ month_no }} then 'fulfilled_late'
        when {{ commitment }}.due_month <= {{ month_no }} then 'overdue'
        else 'in_progress'
    end
{%- endmacro %}

{#- How a ticket stands to one of its two dates at `as_of` (marts.md, fct_complaint). -#}
{% macro ticket_state(due_on, is_on_time, is_done) -%}
    case
        when is_duplicate or is_excluded or {{ due_on }} is null then 'none'
        when {{ is_on_time }} then 'on_time'
        when {{ is_done }} then 'late'
        when {{ due_on }} <= {{ as_of() }} then 'overdue'
        else 'pending'
    end
{%- endmacro %}

{#- A commitment stands in `commitments_due` of the year up to a month, whatever became of it but a lawful change. -#}
{% macro commitment_counts_as_due(commitment, month_no) -%}
    (
        coalesce({{ commitment }}.change_month > {{ month_no }}, true)
        and (
            ({{ commitment }}.due_month <= {{ month_no }} and {{ same_year(commitment ~ '.due_month', month_no) }})
            or (
                coalesce({{ commitment }}.due_month > {{ month_no }}, true)
                and {{ commitment }}.breach_month <= {{ month_no }}
                and {{ same_year(commitment ~ '.breach_month', month_no) }}
            )
        )
    )
{%- endmacro %}

{#- The steps of a procedure that are missing among the rows of a group, in the notice's order, each with a space after it. -#}
{% macro missing_steps(steps, is_missing) -%}
    {%- for step in steps %}
    max(case when step = '{{ step }}' and {{ is_missing }} then '{{ step }} ' else '' end)
    {%- if not loop.last %} ||{% endif %}
    {%- endfor %}
{%- endmacro %}
