{#-
The figures of a unit and month, in the order of marts.md: name, type, the model it comes from, and whether a quarter adds
its months up (`is_flow`) or takes the last one (year to date, stocks).
-#}
{% macro monthly_figures() %}
{%- set figures = [] %}
{%- for name, type, source, is_flow in [
    ('commitments_made', 'bigint', 'commitment', false),
    ('commitments_due', 'bigint', 'commitment', false),
    ('commitments_fulfilled', 'bigint', 'commitment', false),
    ('commitments_on_time', 'bigint', 'commitment', false),
    ('commitments_overdue', 'bigint', 'commitment', false),
    ('amount_due_yuan', 'decimal(18, 2)', 'commitment', false),
    ('amount_fulfilled_yuan', 'decimal(18, 2)', 'commitment', false),
    ('complaints_received', 'bigint', 'complaint', true),
    ('complaints_duplicate', 'bigint', 'complaint', true),
    ('complaints_excluded', 'bigint', 'complaint', true),
    ('complaints_accept_due', 'bigint', 'complaint', true),
    ('complaints_accepted_on_time', 'bigint', 'complaint', true),
    ('complaints_due', 'bigint', 'complaint', true),
    ('complaints_resolved_on_time', 'bigint', 'complaint', true),
    ('complaints_open_overdue', 'bigint', 'complaint', false),
    ('complaints_substantiated', 'bigint', 'complaint', true),
    ('complaints_rated', 'bigint', 'complaint', true),
    ('complaints_satisfied', 'bigint', 'complaint', true),
    ('listings_active', 'bigint', 'listing', false),
    ('listings_new', 'bigint', 'listing', true),
    ('listings_exited', 'bigint', 'listing', true),
    ('judgments_lost', 'bigint', 'judgment', true),
    ('records_new', 'bigint', 'record', true)
] %}
{%- do figures.append({'name': name, 'type': type, 'source': source, 'is_flow': is_flow}) %}
{%- endfor %}
{{ return(figures) }}
{% endmacro %}

{#- The shares of a row of region figures: one division of exact sums, none where the denominator is 0. -#}
{% macro region_rates(row) %}
{%- for name, numerator, denominator in [
    ('coverage_rate', 'units_with_letter', 'units_in_scope'),
    ('publicity_rate', 'units_published', 'units_with_letter'),
    ('fulfilment_ratio', 'commitments_fulfilled', 'commitments_due'),
    ('on_time_ratio', 'commitments_on_time', 'commitments_due'),
    ('amount_fulfilment_ratio', 'amount_fulfilled_yuan', 'amount_due_yuan'),
    ('acceptance_rate', 'complaints_accepted_on_time', 'complaints_accept_due'),
    ('resolution_rate', 'complaints_resolved_on_time', 'complaints_due'),
    ('satisfaction_rate', 'complaints_satisfied', 'complaints_rated')
] %}
    cast({{ row }}.{{ numerator }} as double) / nullif(cast({{ row }}.{{ denominator }} as double), 0) as {{ name }}
    {%- if not loop.last %},{% endif %}
{%- endfor %}
{% endmacro %}

{#- The columns of a region's row that are sums over units, besides the monthly figures. -#}
{% macro region_counts() %}
{{ return([
    'units_in_scope', 'units_with_letter', 'units_letter_complete', 'units_published', 'units_late'
]) }}
{% endmacro %}

{% macro orphan_counts() %}
{{ return(['orphan_commitments_overdue', 'orphan_complaints_open_overdue', 'orphan_listings_active']) }}
{% endmacro %}
