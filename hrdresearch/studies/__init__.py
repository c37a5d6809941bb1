"""One module a study, tables to findings; the only place that knows a study's questions."""
