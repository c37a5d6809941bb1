"""Columns made comparable: dates, names, places, ages, text. Pure functions; no files, no reports."""
