"""Editions of a report compared, with the cause; and published sentences held against a new build."""
