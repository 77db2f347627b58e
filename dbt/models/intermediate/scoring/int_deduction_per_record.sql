{{ record_deduction('per_record', 'rule.points * counting.weight') }}
