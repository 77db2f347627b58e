{#-
保障中小企业款项支付条例, State Council: of 2020 (in force from 1 September 2020) and of 2025 (from 1 June 2025). Both: an organ or
institution pays within 30 days of the delivery, and within 60 at most where the contract says so (2020, article 8; 2025,
article 9); who pays late owes 0.05 % a day where nothing else was agreed (articles 15 and 17).
-#}
{% macro payment_regulations() %}
    select
        '2020' as regulation,
        cast('2020-09-01' as date) as effective_from,
        cast('2025-06-01' as date) as effective_to,
        30 as term_days,
        60 as longest_term_days,
        0.0005 as daily_rate
    union all
    select
        '2025' as regulation,
        cast('2025-06-01' as date) as effective_from,
        cast('9999-12-31' as date) as effective_to,
        30 as term_days,
        60 as longest_term_days,
        0.0005 as daily_rate
{% endmacro %}
