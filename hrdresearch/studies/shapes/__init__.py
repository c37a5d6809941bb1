"""The shapes of findings that several studies use."""
