"""Makes a plain HTML page of the lines that a command printed, in the look of a report."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from hrdresearch.report.content_security import PLACE, with_content_security
from hrdresearch.report.page_files import page_file

HEAD = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{place}\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="robots" content="noindex">\n<title>{title}</title>\n<style>\n{css}</style>\n</head>\n'
    '<body>\n<main id="report">\n<h1>{title}</h1>\n'
)
APART = "main li { margin-bottom: 0.9em; }\n"
FOOT = "</main>\n</body>\n</html>\n"


def page_of_lines(title: str, lines: Iterable[str]) -> str:
    """Make an HTML page of the lines that a command on editions prints.

    A line that ends with a colon becomes a heading, a line that begins with ``-`` an item of a list, and
    an indented line belongs to the item before it.
    """
    css = page_file("page.css") + APART
    out = [HEAD.format(place=PLACE, title=escape(title), css=css)]
    in_list = False
    for line in filter(None, lines):
        is_item, goes_on = line.startswith("- "), line.startswith("  ")
        text = escape(line.removeprefix("- ").strip())
        if in_list and not goes_on:
            out.append("</li>\n")
        if in_list and not (is_item or goes_on):
            out.append("</ul>\n")
            in_list = False
        if is_item:
            out += [*([] if in_list else ["<ul>\n"]), f"<li>{text}"]
            in_list = True
        elif goes_on:
            head, colon, rest = text.partition(":")
            out.append(f"<br><b>{head}{colon}</b>{rest}" if colon else f"<br>{text}")
        else:
            tag = "h2" if line.endswith(":") else "p"
            out.append(f"<{tag}>{text.removesuffix(':') if tag == 'h2' else text}</{tag}>\n")
    out.append("</li>\n</ul>\n" if in_list else "")
    return with_content_security("".join(out) + FOOT, "")
