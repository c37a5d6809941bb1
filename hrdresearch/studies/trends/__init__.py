"""Trends: documented counts by year and State, under models that may refuse to answer."""
