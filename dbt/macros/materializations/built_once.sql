{#-
    A run builds every table once, in databases that are its own until they are published. dbt-duckdb's own way keeps
    the old table readable while the new one is made: a name of its own, two renames and a drop for each model, which
    cost more than all the models' queries. Elsewhere (Spark) the adapter's own way holds.
-#}
{% materialization table, adapter='duckdb' %}
    {%- set relation = this.incorporate(type='table') -%}
    {%- call statement('main') -%}
        create or replace table {{ relation }} as (
            {{ compiled_code }}
        )
    {%- endcall -%}
    {%- do persist_docs(relation, model) -%}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {%- set relation = this.incorporate(type='view') -%}
    {%- call statement('main') -%}
        create or replace view {{ relation }} as (
            {{ compiled_code }}
        )
    {%- endcall -%}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{#- The adapter's own asks the database first which columns there are, table by table. Here one that is described and not there stops the build. -#}
{% macro duckdb__alter_column_comment(relation, column_dict) %}
    {% for column in column_dict.values() %}
        comment on column {{ relation }}.{{ column.name }} is {{ duckdb_escape_comment(column.description) }};
    {% endfor %}
{% endmacro %}
