"""A casebook: one workbook of cases, persons, allegations, detentions, submissions, sources, outcomes.

``read_casebook`` reads and checks a workbook, ``merge_rows`` adds it to what was loaded before, and ``stored``
keeps it as one sealed CSV file that the loader of all sources reads like any list of one's own.
"""
