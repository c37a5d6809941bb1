"""One folder a published format: reader, source.yml, crosswalk, policy. Discovered by itself."""
