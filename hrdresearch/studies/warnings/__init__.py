"""Study of warnings: what was known of persons before they were recorded as killed."""
