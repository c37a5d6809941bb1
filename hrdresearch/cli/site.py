"""Commands for reviewers: the site over all reports."""

from __future__ import annotations

import typer

from hrdresearch.cli.options import DEFAULT_OUT, Out


def site(out: Out = DEFAULT_OUT) -> None:
    """Make the page over all reports, index.html; every run makes it anew as well."""
    from hrdresearch.run.site.make_site import make_site

    typer.echo(f"{make_site(out)}")
