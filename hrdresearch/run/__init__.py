"""From the command line to an edition: registry, build, execute, batch, manifest, editions."""
