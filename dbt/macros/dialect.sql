{#- Differences between DuckDB and Spark 3.5, and nothing else. -#}

{#- One row for each member of a list: `from t {{ explode('t.names', 'name') }}`, then the column `name`. -#}
{% macro explode(list, name) -%} {{ return(adapter.dispatch('explode')(list, name)) }} {%- endmacro %}

{% macro default__explode(list, name) -%}
    cross join unnest({{ list }}) as exploded_{{ name }} ({{ name }})
{%- endmacro %}

{% macro spark__explode(list, name) -%}
    lateral view explode({{ list }}) exploded_{{ name }} as {{ name }}
{%- endmacro %}

{#- One row for each place of two lists of one length, the member of each there: columns `name` and `other_name`. -#}
{% macro explode_both(list, other_list, name, other_name) -%}
    {{ return(adapter.dispatch('explode_both')(list, other_list, name, other_name)) }}
{%- endmacro %}

{% macro default__explode_both(list, other_list, name, other_name) -%}
    cross join lateral (
        select
            unnest({{ list }}) as {{ name }},
            unnest({{ other_list }}) as {{ other_name }}
    ) as exploded_{{ name }}
{%- endmacro %}

{% macro spark__explode_both(list, other_list, name, other_name) -%}
    lateral view inline(arrays_zip({{ list }}, {{ other_list }})) exploded_{{ name }} as {{ name }}, {{ other_name }}
{%- endmacro %}

{#- The whole numbers from 0 to n - 1 as column `i`. -#}
{% macro numbers(n) -%} (select cast(i as int) as i from range({{ n }}) as r (i)) {%- endmacro %}

{#- Whether a pattern matches anywhere in a text. Patterns carry no backslash. -#}
{% macro matches(text, pattern) -%} {{ return(adapter.dispatch('matches')(text, pattern)) }} {%- endmacro %}

{% macro default__matches(text, pattern) -%} regexp_matches({{ text }}, '{{ pattern }}') {%- endmacro %}

{% macro spark__matches(text, pattern) -%} regexp_like({{ text }}, '{{ pattern }}') {%- endmacro %}

{#- Every match of a pattern replaced. Patterns carry no backslash. -#}
{% macro replace_all(text, pattern, by) -%} {{ return(adapter.dispatch('replace_all')(text, pattern, by)) }} {%- endmacro %}

{% macro default__replace_all(text, pattern, by) -%} regexp_replace({{ text }}, '{{ pattern }}', '{{ by }}', 'g') {%- endmacro %}

{% macro spark__replace_all(text, pattern, by) -%} regexp_replace({{ text }}, '{{ pattern }}', '{{ by }}') {%- endmacro %}

{#- A true value in any row of the group. -#}
{% macro any_true(condition) -%} coalesce(bool_or({{ condition }}), false) {%- endmacro %}

{#- The values of the group in a list, by a number, and of one number by themselves. -#}
{% macro ordered_list(value, number) -%} {{ return(adapter.dispatch('ordered_list')(value, number)) }} {%- endmacro %}

{% macro default__ordered_list(value, number) -%} list({{ value }} order by {{ number }}, {{ value }}) {%- endmacro %}

{% macro spark__ordered_list(value, number) -%}
    transform(sort_array(collect_list(struct({{ number }} as number, {{ value }} as value))), x -> x.value)
{%- endmacro %}

{#- A text in which each member of a list, one after the other, is replaced as it stands. A list that is null has none. -#}
{% macro replace_each(text, list, by) -%} {{ return(adapter.dispatch('replace_each')(text, list, by)) }} {%- endmacro %}

{% macro default__replace_each(text, list, by) -%}
    case
        when {{ list }} is null then {{ text }}
        else list_reduce(list_prepend({{ text }}, {{ list }}), lambda told, name: replace(told, name, '{{ by }}'))
    end
{%- endmacro %}

{% macro spark__replace_each(text, list, by) -%}
    case
        when {{ list }} is null then {{ text }}
        else aggregate({{ list }}, {{ text }}, (told, name) -> replace(told, name, '{{ by }}'))
    end
{%- endmacro %}
