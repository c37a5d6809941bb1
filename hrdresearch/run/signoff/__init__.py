"""Review of reports: comments on paragraphs, and signatures of two roles over page and numbers."""
