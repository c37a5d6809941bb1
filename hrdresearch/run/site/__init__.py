"""The reviewers' site ``OUT/index.html``: one page that lists all editions, written after each run."""
