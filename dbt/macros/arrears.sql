{#-
保障中小企业款项支付条例, State Council: what a late payer owes a day where nothing else was agreed. Of 2020 (in force from
1 September 2020) and of 2025 (from 1 June 2025): both 0.05 %.
-#}
{% macro payment_regulations() %}
    select
        '2020' as regulation,
        cast('2020-09-01' as date) as effective_from,
        cast('2025-06-01' as date) as effective_to,
        0.0005 as daily_rate
    union all
    select
        '2025' as regulation,
        cast('2025-06-01' as date) as effective_from,
        cast('9999-12-31' as date) as effective_to,
        0.0005 as daily_rate
{% endmacro %}
