{#- The significant digits of a region code: 2 of a province, 4 of a city, 6 of a county. -#}
{% macro region_digits(region_code) -%}
    case
        when right({{ region_code }}, 4) = '0000' then left({{ region_code }}, 2)
        when right({{ region_code }}, 2) = '00' then left({{ region_code }}, 4)
        else {{ region_code }}
    end
{%- endmacro %}

{#- The region straight above: a county's city, or the province where its third digit is 9; none above a province. -#}
{% macro parent_region(region_code) -%}
    case
        when right({{ region_code }}, 4) = '0000' then ''
        when right({{ region_code }}, 2) = '00' or substring({{ region_code }}, 3, 1) = '9'
            then left({{ region_code }}, 2) || '0000'
        else left({{ region_code }}, 4) || '00'
    end
{%- endmacro %}
