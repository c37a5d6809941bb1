"""How much each report says: paragraphs with a number of a finding that answers their section.

Usage: what_reports_say.py OUT [FLOOR]. A numbered paragraph outside introduction, conclusions and
the account of rows (no number stands there where a list is restricted) counts when it holds a number
of a finding that ``questions.yml`` lists for its section's question; in a brief over several studies,
which has no questions, when it holds any number of a finding. Prints a line a report, and each sentence
that breaks a rule of speech; exits 1 where there is one, or a report stays below FLOOR (0 to 1) or has no
key finding.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from lxml import html

from hrdresearch.findings.question_files import questions_by_study
from hrdresearch.findings.questions import MOST_KEY_FINDINGS

NO_FINDINGS = ("Introduction", "Conclusions", "What became of the rows")


def main(out: Path, floor: float) -> int:
    """Print what the newest report of each scope says; the exit status."""
    failed = 0
    for page in sorted(out.glob("*/*/latest/report.html")):
        manifest = json.loads((page.parent / "manifest.json").read_text(encoding="utf-8"))
        held, paragraphs, silent = _paragraphs(page, manifest["study"])
        keys = len(html.parse(page).xpath("//section[contains(@class,'summary')]//ol/li"))
        share = held / max(1, paragraphs)
        is_brief = manifest["parameters"].get("form") == "brief"
        good = is_brief or (share >= floor and 1 <= keys <= MOST_KEY_FINDINGS)
        faults = manifest["faults_of_speech"]
        for fault in faults:
            print(f"RULE {fault['rule']}, “{fault['word']}” in: {fault['sentence']}")
        failed += not good or bool(faults)
        print(
            f"{'' if good else 'TOO LITTLE '}{page.parent.parent.relative_to(out)}: {held} of "
            f"{paragraphs} paragraphs ({share:.2f}) hold a number that answers their section; "
            f"{keys} key findings{''.join(f'; {text}' for text in silent) if not good else ''}"
        )
    return int(failed > 0)


def _paragraphs(page: Path, study: str) -> tuple[int, int, list[str]]:
    """Paragraphs that answer their section, all paragraphs, and those that do not."""
    listed: dict[str, set[str]] = {}
    if study in questions_by_study():
        for question in questions_by_study()[study].questions:
            for section in question.sections:
                listed.setdefault(section, set()).update(question.findings)
    claims_file = page.parent / "claims.json"
    made_by = json.loads(claims_file.read_text(encoding="utf-8"))["claims"]
    section, part, held, count = "", "", 0, 0
    silent: list[str] = []
    for node in html.parse(page).xpath("//h2 | //h3 | //div[contains(@class,'numbered')]"):
        if node.tag in ("h2", "h3"):
            part = re.sub(r"^[A-Z]+\.\s*", "", " ".join(node.text_content().split()))
            section = part if node.tag == "h2" else section
            continue
        if section.startswith(NO_FINDINGS):
            continue
        count += 1
        findings = listed.get(section, set()) | listed.get(part, set())
        claims = node.xpath(".//@data-claim")
        wrote = set(node.xpath(".//span[contains(@class,'from')]/@data-finding"))
        made = {made_by[claim]["finding"] for claim in claims if claim in made_by}
        answers = claims and ((wrote | made) & findings if listed else made)
        held += bool(answers)
        if not answers:
            silent.append(f"{section}: {' '.join(node.text_content().split())[:60]}")
    return held, count, silent


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 0.0))
