"""Statistics: shares with intervals, agreement, sampling, time to an event. Nothing here reads files."""
