"""Study of attacks of every kind on persons and organizations, and candidates for SDG indicator 16.10.1."""
