"""Folders of invented reports, written without a run: their pages are short, their numbers made up."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hrdresearch.run.files import sha256, write_json

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>
<main><h1>{title}</h1><div class="body"><h2>Extent</h2>
<div id="para-1" class="numbered"><a class="para-number" href="#para-1">1.</a>
<p>The invented list documents at least <a class="claim" data-claim="extent.victims" href="#l">{victims}</a>
defenders killed in <a class="claim" data-claim="extent.states" href="#l">three</a> States. It counts
whom its makers learned of.</p></div>
<div id="para-2" class="numbered"><a class="para-number" href="#para-2">2.</a>
<p>Of them, <a class="claim" data-claim="by_sex.female" href="#l">24 per cent</a> were women.</p></div>
</div></main></body></html>
"""


def claim(
    value: int | float | None, text: str, unit: str = "victim", **more: Any
) -> dict[str, Any]:
    """One entry of claims.json."""
    return {
        "study": "killings",
        "finding": "extent",
        "value": value,
        "text": text,
        "unit": unit,
        "status": "shown" if value is not None else "suppressed",
        "rows": value if isinstance(value, int) else None,
        "table": "victims",
        "measure": "rows",
        "filter": {},
        "filter_words": "all rows",
        "definition": "Invented persons documented as killed",
        "sources": {"invented-list": "a1" * 32},
        **more,
    }


def write_edition(
    out: Path,
    name: str = "20261123T060000Z-0a1b2c3d",
    study: str = "killings",
    slug: str = "all",
    victims: int = 1733,
    parameters: Mapping[str, Any] | None = None,
    **manifest: Any,
) -> Path:
    """An edition with a page, its claims and a manifest; ``latest`` is moved to it."""
    folder = out / study / slug / name
    folder.mkdir(parents=True)
    title = str(manifest.get("title", "Documented killings"))
    page = PAGE.format(title=title, victims=f"{victims:,}")
    (folder / "report.html").write_text(page, encoding="utf-8")
    claims = {
        "extent.victims": claim(victims, f"{victims:,}"),
        "extent.states": claim(3, "three", "state"),
        "by_sex.female": claim(24.2, "24 per cent", "per_cent", finding="by_sex"),
        "by_sex.other": claim(None, "fewer than 5", finding="by_sex"),
    }
    printed = [[n, c["text"], True] for n, c in claims.items() if n != "by_sex.other"]
    write_json(
        folder / "claims.json",
        {"schema": 1, "builds": {study: "0a1b2c3d"}, "claims": claims, "printed": printed},
    )
    day = f"{name[:4]}-{name[4:6]}-{name[6:8]}T{name[9:11]}:{name[11:13]}:{name[13:15]}Z"
    write_json(
        folder / "manifest.json",
        {
            "schema": 1,
            "study": study,
            "title": title,
            "edition": name,
            "created": day,
            "is_demo": True,
            "is_internal": False,
            "operator": None,
            "parameters": {"state": "all", **(parameters or {})},
            "parameter_slug": slug,
            "builds": [{"study": study, "build_id": "0a1b2c3d"}],
            "build_id": "0a1b2c3d",
            "policy": {"public_by_name": True},
            "sources": [
                {
                    "slug": "invented-list",
                    "title": "Invented list",
                    "citation": "Invented Institute, List of cases, 2022",
                    "licence": "CC BY 4.0",
                    "url": "",
                    "sha256": "a1" * 32,
                    "is_demo": True,
                }
            ],
            "files": {p.name: sha256(p) for p in sorted(folder.iterdir())},
            **manifest,
        },
    )
    latest = folder.parent / "latest"
    latest.unlink(missing_ok=True)
    latest.symlink_to(name, target_is_directory=True)
    return folder


def write_many(out: Path, states: list[str], reports: int) -> None:
    """So many invented briefs, each with an earlier edition, over the States given."""
    for number in range(reports):
        state = states[number % len(states)]
        study = "state-brief" if number < len(states) else f"study-{number // len(states)}"
        mark = hashlib.sha256(str(number).encode()).hexdigest()[:8]
        about: dict[str, Any] = {
            "study": study,
            "slug": f"state-{state.lower()}",
            "parameters": {"state": state},
            "title": "Brief on one State or region"
            if study == "state-brief"
            else f"Invented {study}",
        }
        write_edition(out, f"20261123T060000Z-{mark}", victims=1000 + number, **about)
        write_edition(
            out, f"20261130T060000Z-{mark}", victims=1000 + number + (number % 7 == 0), **about
        )
