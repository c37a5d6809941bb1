"""Notebook prose and findings to one document, and from it HTML and Word."""
