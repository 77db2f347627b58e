{#- None of these columns is ever without a value. -#}
{% test filled(model, columns) %}
select *
from {{ model }}
where
    {%- for column in columns %}
    {%- if not loop.first %}
    or
    {%- endif %}
    {{ column }} is null
    {%- endfor %}
{% endtest %}
