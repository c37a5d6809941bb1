"""Look-ups before a meeting: a person, a State, and days on which something is due."""
