"""Shares over known denominators, intervals, trends. Pure functions; no files, no reports."""
