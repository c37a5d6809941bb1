"""The reviewers' site: ``OUT/index.html``, one page over all editions, made anew after each run."""
