"""Review of reports: comments on paragraphs, and signatures of two desks over page and numbers."""
