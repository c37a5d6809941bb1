"""Status of cases: what followed for each person, and after what time."""
