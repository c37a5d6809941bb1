"""Makes one document of the prose and findings of a notebook, and writes it as HTML, Word and PDF."""

from hrdresearch.report.preview import preview

__all__ = ["preview"]
