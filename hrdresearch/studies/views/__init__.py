"""Follow-up of decisions of treaty bodies on defenders."""
