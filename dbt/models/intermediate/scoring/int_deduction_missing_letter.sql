{{ letter_deduction('missing_letter', 'unit.is_late') }}
