"""Check the built site as a reader on a disk meets it: ``python scripts/check_site.py build/site``.

Every link, picture, script and style of a page leads to a file of the site, every anchor to a place
in that file, and nothing is fetched from a network. Prints one line a fault; exits with 1 on any.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

FETCHED = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src"}


class Page(HTMLParser):
    """Identifiers of a page, and what it links to or fetches."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.identifiers = {""}
        self.links: list[tuple[str, str]] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep identifiers, links and fetched files."""
        found = {name: value or "" for name, value in attrs}
        self.identifiers |= {found.get("id", ""), found.get("name", "") if tag == "a" else ""}
        if found.get("rel") == "canonical":
            return
        name = "href" if tag == "a" else FETCHED.get(tag, "")
        if name and name in found:
            self.links.append((tag, found[name]))


def main() -> int:
    """Check every page of the folder."""
    site = Path(sys.argv[1]).resolve()
    pages = {path: Page(path) for path in sorted(site.rglob("*.html")) if path.name != "404.html"}
    faults = [
        f"{path.relative_to(site)}: {fault}"
        for path, page in pages.items()
        for tag, link in page.links
        for fault in wrong(path, tag, link, pages)
    ]
    print("\n".join(dict.fromkeys(faults)) or f"{len(pages)} pages, every link leads somewhere")
    return 1 if faults or not pages else 0


def wrong(path: Path, tag: str, link: str, pages: dict[Path, Page]) -> Iterator[str]:
    """Fault of one link, if it has one."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        if tag != "a" and parts.scheme != "data":
            yield f"fetches {link} from a network"
        return
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not target.is_file():
        yield f"{link} leads to no file"
    elif target in pages and unquote(parts.fragment) not in pages[target].identifiers:
        yield f"{link} leads to no place in {target.name}"


if __name__ == "__main__":
    sys.exit(main())
