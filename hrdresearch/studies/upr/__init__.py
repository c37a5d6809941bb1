"""Recommendations of the Universal Periodic Review that concern defenders."""
