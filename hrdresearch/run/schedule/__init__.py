"""Makes builds and reports on a schedule, writes a digest of each run, and writes files for timers."""
