"""The papers that an office sends: from the published marts alone, frozen as they were made.

    made = make_report(paths, "monthly", "2024-03", "3607")

Every figure comes from a mart through the files in `sql/`; what is here only chooses words and lays them out.
"""
