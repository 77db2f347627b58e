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

{#- What the decisions on a record, rows of `action`, have come to by a month or a day. -#}
{% macro record_actions(decided, filed, now) -%}
    {%- for action, name in [
        ('objection', 'is_revoked'), ('tolerance', 'is_tolerated'), ('repair', 'is_repaired'), ('leniency', 'is_lenient')
    ] %}
    {{ any_true("action.action = '" ~ action ~ "' and action.result = 'upheld' and action." ~ decided ~ " <= " ~ now) }}
        as {{ name }},
    {%- endfor %}
    {{ any_true(
        "action.action = 'objection' and action." ~ filed ~ " <= " ~ now
        ~ " and coalesce(action." ~ decided ~ " > " ~ now ~ ", true)"
    ) }} as is_objected
{%- endmacro %}

{#- Status of a record, the first that holds (rules.md, "Integrity records (the ledger)"), of `acted` and `policy`. -#}
{% macro record_status(revoked, rectified, now) -%}
    case
        when coalesce(acted.is_revoked, false) or coalesce({{ revoked }} <= {{ now }}, false) then 'revoked'
        when coalesce(acted.is_tolerated and policy.tolerance, false) then 'exempt'
        when coalesce(acted.is_repaired, false) or coalesce({{ rectified }} <= {{ now }}, false) then 'repaired'
        when coalesce(acted.is_lenient, false) then 'lenient'
        when coalesce(acted.is_objected, false) then 'under_objection'
        else 'active'
    end
{%- endmacro %}

{#- What a record of a status counts for, with the weights of a policy (rules.md, "Integrity records (the ledger)"). -#}
{% macro record_weight() -%}
    cast(
        case
            when status in ('revoked', 'exempt') then 0
            when status = 'repaired' then coalesce(repaired_weight, 1)
            when status = 'lenient' then coalesce(lenient_weight, 1)
            else 1
        end as decimal(6, 4)
    )
{%- endmacro %}
