"""Which rows of which lists are the same person or event. Never on the name alone."""
