"""Documented killings: extent, groups, perpetrators, threats and accountability."""
