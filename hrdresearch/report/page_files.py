"""Reads the templates, style sheets and scripts of pages that ship in this folder."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import jinja2


@cache
def page_file(name: str) -> str:
    """Text of a file of this folder, such as ``page.css``."""
    return (files(__package__) / name).read_text(encoding="utf-8")


@cache
def page_template(name: str, **filters: Any) -> jinja2.Template:
    """Template of a page; a name that it does not get is an error. filters: functions by name."""
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters.update(filters)
    return environment.from_string(page_file(name))
