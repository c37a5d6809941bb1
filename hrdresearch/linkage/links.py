"""Links of a message in one spelling, so that the same address is seen as the same.

Scheme, ``www.`` and ``m.``, the fragment, a final stroke and the marks that platforms add to count
clicks are no part of an address. Short addresses of link shorteners cannot be resolved here.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

MOST = 5  # links of a message that are looked at
_ADDRESS = re.compile(r"https?://[^\s<>\"'«»“”]+", re.IGNORECASE)
_AFTER = ".,;:!?)]}…。،"
_MARKS = re.compile(r"utm_\w+|fbclid|gclid|igshid|igsh|mc_[ce]id|ref|ref_src|si|s|t|share_id")


def links_of(text: str, told: str = "") -> tuple[str, ...]:
    """Addresses in a message, each once and in one spelling.

    told: addresses that the platform's export gives beside the text, separated by spaces; where it
    gives any, they are taken (the text then holds the platform's own short ones).
    """
    found = dict.fromkeys(
        one for address in _ADDRESS.findall(told or text) if (one := plain_link(address))
    )
    return tuple(found)[:MOST]


def plain_link(address: str) -> str:
    """One spelling of an address; empty where it is none."""
    try:
        parts = urlsplit(address.rstrip(_AFTER))
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
    if "." not in host:
        return ""
    asked = sorted((k, v) for k, v in parse_qsl(parts.query) if not _MARKS.fullmatch(k.lower()))
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
