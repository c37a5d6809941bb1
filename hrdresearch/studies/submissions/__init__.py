"""Inputs to calls: who sent them from where on what, and what was acknowledged."""
