{{ letter_deduction('unpublished_letter', 'unit.has_letter and not unit.is_published', due_on='publicity_due_on') }}
