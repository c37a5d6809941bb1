"""A casebook: one workbook of cases, persons, allegations, detentions, submissions, sources, outcomes.

``load.read_casebook`` reads and checks a workbook, ``merge.merge_rows`` adds it to the rows loaded before,
and ``stored`` keeps all rows as one sealed CSV file, which is read like any list of a user's own.
"""
