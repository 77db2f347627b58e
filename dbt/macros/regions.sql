{#- The significant digits of a region code: 2 of a province, 4 of a city, 6 of a county. -#}
{% macro region_digits(region_code) -%}
    case
        when right({{ region_code }}, 4) = '0000' then left({{ region_code }}, 2)
        when right({{ region_code }}, 2) = '00' then left({{ region_code }}, 4)
        else {{ region_code }}
    end
{%- endmacro %}
