"""Study of the status of cases: what followed for each person, and after how much time."""
