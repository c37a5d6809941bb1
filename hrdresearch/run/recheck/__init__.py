"""Compares editions of a report and finds causes; checks published sentences against new builds."""
