"""A casebook: one workbook of cases, persons, allegations, detentions, submissions, sources, outcomes.

``load.read_casebook`` reads and checks a workbook, ``merge.merge_rows`` adds it to what was loaded before,
and ``stored`` keeps the whole as one sealed CSV file, which is read like any list of a user's own.
"""
