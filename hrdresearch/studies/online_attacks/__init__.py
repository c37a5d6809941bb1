"""Online attacks on defenders: an archive of messages, its estimates and patterns."""
