"""Links in messages, each address in one spelling, so that equal addresses can be compared.

Left out are the scheme, ``www.`` and ``m.``, the fragment, a final slash, and parameters that
platforms add to count clicks. Short addresses of link shorteners are not resolved.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

MOST = 5  # links of a message that are looked at
_ADDRESS = re.compile(r"https?://[^\s<>\"'«»“”]+", re.IGNORECASE)
_AFTER = ".,;:!?)]}…。،"
_MARKS = re.compile(r"utm_\w+|fbclid|gclid|igshid|igsh|mc_[ce]id|ref|ref_src|si|s|t|share_id")


def links_in_message(text: str, told: str = "") -> tuple[str, ...]:
    """Addresses of web pages in a message, each once and in one spelling; at most ``MOST``.

    told: addresses that the export of the platform gives beside the text, separated by spaces. Where it
    gives any, those in the text are not read, because they are short addresses of the platform.

    >>> links_in_message("See https://www.news.example/a/?utm_source=x and http://news.example/a")
    ('news.example/a',)
    """
    links = map(normalize_link, _ADDRESS.findall(told or text))
    return tuple(dict.fromkeys(link for link in links if link))[:MOST]


def normalize_link(address: str) -> str:
    """Bring an address into one spelling; "" when the text is not an address.

    >>> normalize_link("http://m.news.example/a/?utm_source=x#top")
    'news.example/a'
    """
    try:
        parts = urlsplit(address.rstrip(_AFTER))
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
    if "." not in host:
        return ""
    parameters = sorted(
        (k, v) for k, v in parse_qsl(parts.query) if not _MARKS.fullmatch(k.lower())
    )
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
