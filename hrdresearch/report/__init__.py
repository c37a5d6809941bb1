"""Notebook prose and findings to one document, and from it HTML and Word."""

from hrdresearch.report.preview import preview

__all__ = ["preview"]
