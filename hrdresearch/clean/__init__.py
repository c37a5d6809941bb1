"""Columns made comparable: dates, names, places, ages, text. No files, no reports."""
