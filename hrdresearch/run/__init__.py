"""From a command to an edition: read lists, build, run the notebook, check, keep the report."""
