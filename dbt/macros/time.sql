{#- The observation day, and the first month of the span: always given, never a clock. -#}
{% macro as_of() -%} cast('{{ var("as_of") }}' as date) {%- endmacro %}

{% macro span_start() -%} cast('{{ var("span_start") }}' as date) {%- endmacro %}

{#- Months as integers without gaps: year * 12 + month - 1. -#}
{% macro month_no(day) -%} cast(year({{ day }}) * 12 + month({{ day }}) - 1 as int) {%- endmacro %}

{#- The month of an event, none where it lies after `as_of`: "by D of month m" is then `month <= m`. -#}
{% macro month_by_as_of(day) -%}
    case when {{ day }} <= {{ as_of() }} then {{ month_no(day) }} end
{%- endmacro %}

{#- A month-day ("09-15") of a year; 29 February of a common year is its 28 February. -#}
{% macro day_of_year(year, month_day) -%}
    coalesce(
        try_cast(cast({{ year }} as varchar(4)) || '-' || {{ month_day }} as date),
        try_cast(cast({{ year }} as varchar(4)) || '-02-28' as date)
    )
{%- endmacro %}

{#- Whole days from one date to a later one. -#}
{% macro days_between(from_day, to_day) -%}
    {{ return(adapter.dispatch('days_between')(from_day, to_day)) }}
{%- endmacro %}

{% macro default__days_between(from_day, to_day) -%}
    cast(date_diff('day', {{ from_day }}, {{ to_day }}) as bigint)
{%- endmacro %}

{% macro spark__days_between(from_day, to_day) -%}
    cast(datediff({{ to_day }}, {{ from_day }}) as bigint)
{%- endmacro %}

{#- One integer for a term and the day it runs from (int_due_day). -#}
{% macro term_key(term_no, day) -%}
    cast({{ term_no }} as bigint) * 100000 + {{ days_between("cast('1949-01-01' as date)", day) }}
{%- endmacro %}

{#- Two months (by number) of one year. -#}
{% macro same_year(a, b) -%} (floor(({{ a }}) / 12.0) = floor(({{ b }}) / 12.0)) {%- endmacro %}
