"""Pseudonyms, disclosure control, names index and leak scan, the vault."""
