"""Adds a Content-Security-Policy to a page: only its own style and script may run.

A script that somebody writes into the page later is not executed, loads nothing and sends nothing. Style
attributes become classes, because a policy cannot allow single attributes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape

PLACE = "<!--content-security-policy-->"  # in a template, before the first style and script
_STYLE_SHEET = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL)
_STYLED = re.compile(
    r'<(?P<skip>style|script)\b.*?</(?P=skip)>|<[a-zA-Z][^<>]*? style="(?P<looks>[^"]*)"[^<>]*>',
    re.DOTALL,
)
_UNSAFE = re.compile(r"[{}<>@\\]|/\*|url\((?!['\"]?#)", re.IGNORECASE)


def with_content_security(page: str, script: str) -> str:
    """Put the policy into a page at ``PLACE``, and turn its style attributes into classes.

    script: the only script that may run, as it stands between its tags. Raises ValueError when the
    template has no such place. A style that would load something or close its rule is left out.
    Source: Content Security Policy Level 3, W3C.

    >>> page = PLACE + '<style>p{margin:0}</style><p class="a" style="color: red">1</p>'
    >>> made = with_content_security(page, "")
    >>> made[made.index('<p'):]
    '<p class="look-1 a">1</p>'
    """
    if PLACE not in page:
        raise ValueError("the template has no place for its Content-Security-Policy")
    classes: dict[str, str] = {}
    page = _STYLED.sub(lambda found: _as_class(found, classes), page)
    rules = "".join(f".{name}{{{looks}}}\n" for looks, name in classes.items() if looks)
    head = f"<style>\n{rules}</style>\n" if rules else ""
    styles = dict.fromkeys(_hash(text) for text in _STYLE_SHEET.findall(head + page))
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {' '.join(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    return page.replace(PLACE, meta + head, 1)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _as_class(found: re.Match[str], classes: dict[str, str]) -> str:
    if found["looks"] is None:
        return found[0]  # a style sheet or a script
    looks = "" if _UNSAFE.search(unescape(found["looks"])) else _important(unescape(found["looks"]))
    name = classes.setdefault(looks, f"look-{len(classes) + 1}")
    tag = found[0].replace(f' style="{found["looks"]}"', "", 1)
    if ' class="' in tag:
        return tag.replace(' class="', f' class="{name} ', 1)
    return re.sub(r"^<[a-zA-Z][\w-]*", rf'\g<0> class="{name}"', tag)


def _important(looks: str) -> str:
    """Mark each rule as important, so that it wins over the style sheet as the attribute did."""
    single = (one.strip() for one in looks.split(";"))
    return ";".join(f"{one}!important" for one in single if one)
