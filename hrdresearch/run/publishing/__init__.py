"""Releases signed reports, and checks sentences against such a release."""
