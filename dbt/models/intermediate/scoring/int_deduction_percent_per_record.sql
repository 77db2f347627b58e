{{ record_deduction(
    'percent_per_record', 'cast(rule.percent as decimal(20, 8)) * rule.scoring_base * counting.weight * 0.01'
) }}
