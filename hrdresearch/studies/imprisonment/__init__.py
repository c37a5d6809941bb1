"""Long-term imprisonment: censuses of prisoners, and spells of detention with dates."""
