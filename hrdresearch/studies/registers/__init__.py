"""Small registers of the mandate: country visits, reprisals, promises."""
