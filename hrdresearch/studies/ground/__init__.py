"""Base of every study: its build, its scope, its lists, and the counts published before."""
