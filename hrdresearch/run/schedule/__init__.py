"""What is made on a schedule: builds whose lists changed, then reports; a digest; files for timers."""
