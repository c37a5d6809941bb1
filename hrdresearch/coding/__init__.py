"""Text to codes: language, entities, themes, categories. Pure functions; no files, no reports."""
