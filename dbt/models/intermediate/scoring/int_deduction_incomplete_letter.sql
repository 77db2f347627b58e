{{ letter_deduction('incomplete_letter', 'unit.has_letter and not unit.letter_complete', due_on='letter_due_on') }}
