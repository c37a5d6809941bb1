"""What every study stands on: its scope, its lists, its build, and what was released before."""
