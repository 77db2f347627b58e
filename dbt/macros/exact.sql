{#- Whole numbers of up to 38 digits: what exact ratios are made of. -#}
{% macro whole(number) -%} {{ return(adapter.dispatch('whole')(number)) }} {%- endmacro %}

{% macro default__whole(number) -%} cast({{ number }} as hugeint) {%- endmacro %}

{% macro spark__whole(number) -%} cast({{ number }} as decimal(38, 0)) {%- endmacro %}

{#-
numerator / denominator, rounded half up to `digits` decimals without leaving whole numbers. Both are `whole`, the
numerator not negative, the denominator positive.
-#}
{% macro exact_ratio(numerator, denominator, digits) -%}
    cast(
        {{ floor_division(
            "2 * (" ~ numerator ~ ") * " ~ 10 ** digits ~ " + (" ~ denominator ~ ")",
            "2 * (" ~ denominator ~ ")"
        ) }} as decimal(30, 0)
    ) * {{ '%.*f' | format(digits, 10 ** (-digits)) }}
{%- endmacro %}

{% macro floor_division(numerator, denominator) -%}
    {{ return(adapter.dispatch('floor_division')(numerator, denominator)) }}
{%- endmacro %}

{% macro default__floor_division(numerator, denominator) -%} (({{ numerator }}) // ({{ denominator }})) {%- endmacro %}

{% macro spark__floor_division(numerator, denominator) -%} (({{ numerator }}) div ({{ denominator }})) {%- endmacro %}

{#- Points of a piece of evidence: exact, rounded half up to four decimals, once (rules.md, "How every figure"). -#}
{% macro points(expression) -%} cast(round({{ expression }}, 4) as decimal(12, 4)) {%- endmacro %}
