{#- A text read as a case number (feeds.md, "Values"): brackets become （ ）, white space and a trailing 之一 … go. -#}
{% macro case_number(text) -%}
    {{ replace_all(
        replace_all("translate(" ~ text ~ ", '([〔)]〕', '（（（）））')", '[ \t\r\n　]', ''),
        '之[一二三四五六七八九十百零〇0-9]+$', ''
    ) }}
{%- endmacro %}
