"""Release of signed reports, and the check of printed sentences against such a release."""
