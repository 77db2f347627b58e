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

{#- Rows that have a `unit_region_code`, once for that region (`own`) and once for each region above it and itself (`all`). -#}
{% macro by_reach(rows) -%}
    select
        {{ rows }}.unit_region_code as region_code,
        'own' as reach,
        {{ rows }}.*
    from {{ rows }}
    union all
    select
        ancestry.ancestor_code as region_code,
        'all' as reach,
        {{ rows }}.*
    from {{ rows }}
    inner join {{ ref('int_ancestry') }} as ancestry on {{ rows }}.unit_region_code = ancestry.region_code
{%- endmacro %}
