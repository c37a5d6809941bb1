"""Review queue of online attacks: threats first, texts hidden until asked for, sittings limited.

``export`` writes a page (``.html``) or a spreadsheet. The page shows kind and severity of each
message and opens a text only when the reviewer asks for it; after a number of messages it stops for
a pause. Threats go to two reviewers in turn, so that nobody reads all of them and each is looked at
by a second person. ``feed`` reads the filled spreadsheet, or the file that the page saves.
"""

from __future__ import annotations

import csv
import io
import json
from html import escape
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.vault import read_stored
from hrdresearch.run.errors import RunError
from hrdresearch.sources.reading import read_rows
from hrdresearch.studies.build import Build
from hrdresearch.vocab import codes, vocabulary

KEPT = "labels.csv"
COLUMNS = ["post_id", "coder", "kinds"]
SITTING = 40  # messages, then a pause
SITTING_MINUTES, PAUSE_MINUTES = 30, 15
SUPPORT = (
    "Reading this can harm you. Stop whenever you want; nobody asks why. Speak with your "
    "supervisor or with the staff counsellor of your duty station before and after; no one works "
    "alone on a queue of threats."
)


def export(build: Build, file: Path, most: int) -> int:
    """Write the sample and the first of the queue; returns its messages."""
    queue = queue_of(build).head(most)
    if file.suffix.lower() == ".html":
        file.write_text(page(queue), encoding="utf-8")
    elif file.suffix.lower() == ".csv":
        queue.to_csv(file, index=False)
    else:
        raise RunError("A review queue is written as .html (texts hidden) or .csv")
    file.chmod(0o600)
    return len(queue)


def queue_of(build: Build) -> pd.DataFrame:
    """Messages to read: threats first, then by severity; each with its reviewer, or with both."""
    stored = read_stored(build.folder / "restricted" / "queue.csv")
    queue = pd.read_csv(io.BytesIO(stored), keep_default_na=False)
    labelled = build.table("post_labels")
    done = labelled.groupby("post_id")["coder"].agg(set)
    high = queue["band_code"] == "high"
    turn = high.cumsum() % 2 == 0
    queue["coder"] = ["first" if t else "second" for t in turn]
    queue["coder"] = queue["coder"].where(high, "first")
    second = queue[high].assign(
        coder=queue.loc[high, "coder"].map({"first": "second", "second": "first"})
    )
    both = pd.concat([queue, second], ignore_index=True)
    open_ = [
        c not in done.get(i, set()) for i, c in zip(both["post_id"], both["coder"], strict=True)
    ]
    return (
        both[open_]
        .sort_values(
            ["is_sampled", "score", "order"],
            ascending=[False, False, True],
            kind="stable",
            ignore_index=True,
        )
        .assign(kinds="")
    )


def page(queue: pd.DataFrame) -> str:
    """A page that works without a network; its texts stand in the file, so it is restricted."""
    labels = vocabulary("attack_kind")["codes"]
    choices = "".join(
        f'<label><input type="checkbox" value="{c}"> {escape(str(t))}</label>'
        for c, t in labels.items()
    )
    items = "".join(
        f'<section data-id="{escape(str(r.post_id))}" data-coder="{escape(str(r.coder))}" hidden>'
        f"<h2>Severity {r.severity}: {escape(_words(str(r.kind_codes), labels))}</h2>"
        f"<p>Language: {escape(str(r.language_code))}. Reviewer: {escape(str(r.coder))}.</p>"
        f'<button class="open">Show the text</button><blockquote hidden>{escape(str(r.text))}'
        f"</blockquote><fieldset><legend>What is it?</legend>{choices}</fieldset></section>"
        for r in queue.itertuples()
    )
    facts = json.dumps({"sitting": SITTING, "minutes": SITTING_MINUTES, "pause": PAUSE_MINUTES})
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Review (restricted)</title>'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">"
        "<style>body{font:1.1rem/1.5 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
        "label{display:block}blockquote{border-left:4px solid #555;padding-left:1rem}"
        "button{font:inherit;padding:.4rem 1rem;margin:.4rem .4rem .4rem 0}</style>"
        f"<h1>Review of messages (restricted)</h1><p>{escape(SUPPORT)}</p>"
        '<p>I am the <select id="coder"><option>first</option><option>second</option></select> '
        'reviewer. <button id="start">Begin a sitting</button></p>'
        '<div id="rest" role="status"></div>'
        f'<main>{items}</main><p><button id="next" hidden>Next message</button>'
        '<button id="save">Save my decisions</button></p>'
        f"<script>const F={facts};{_SCRIPT}</script></html>"
    )


def feed(file: Path, decisions: Path) -> int:
    """Keep the labels of a filled queue; RunError on a code that does not exist."""
    rows = read_rows(file).rows
    header = [name.strip() for name in rows[0][1]]
    missing = [c for c in COLUMNS if c not in header]
    if missing:
        raise RunError(
            f"{file.name}: column {', '.join(missing)} is missing; export the queue anew"
        )
    kept = _kept(decisions)
    fed = 0
    for number, cells in rows[1:]:
        row = dict(zip(header, cells, strict=False))
        if not row.get("kinds", "").strip():
            continue
        unknown = set(row["kinds"].split("|")) - set(codes("attack_kind"))
        if unknown or row["coder"] not in ("first", "second"):
            raise RunError(
                f"{file.name}, row {number}: kinds are codes of vocabulary attack_kind "
                "joined by |, coder is first or second"
            )
        kept[row["post_id"], row["coder"]] = row["kinds"]
        fed += 1
    decisions.mkdir(parents=True, exist_ok=True)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([*key, kinds] for key, kinds in sorted(kept.items()))
    (decisions / KEPT).write_text(out.getvalue(), encoding="utf-8")
    return fed


def next_to_label(build: Build, most: int) -> pd.DataFrame:
    """Messages that would teach a model most: those it is least sure of, a few of each language.

    They are for training only: a message chosen so is no part of the probability sample.
    """
    posts = build.table("posts")
    labelled = set(build.table("post_labels")["post_id"])
    left = posts[~posts["post_id"].isin(labelled)]
    unsure = (left["score"] - left["score"].median()).abs()
    each = max(1, most // max(1, left["language_code"].nunique()))
    return left.assign(unsure=unsure).sort_values("unsure").groupby("language_code").head(each)


def _kept(decisions: Path) -> dict[tuple[str, str], str]:
    if not (decisions / KEPT).is_file():
        return {}
    with (decisions / KEPT).open(encoding="utf-8", newline="") as stream:
        return {(r["post_id"], r["coder"]): r["kinds"] for r in csv.DictReader(stream)}


def _words(cell: str, labels: dict[str, str]) -> str:
    return ", ".join(str(labels[c]) for c in cell.split("|"))


_SCRIPT = """
const all=[...document.querySelectorAll('section')];let seen=0,at=-1,since=Date.now(),mine=[];
const show=i=>{all.forEach(s=>s.hidden=true);if(mine[i]){mine[i].hidden=false;
mine[i].querySelector('h2').scrollIntoView()}};
const rest=()=>{all.forEach(s=>s.hidden=true);const n=document.getElementById('next');n.hidden=true;
const r=document.getElementById('rest');r.textContent='Time for a pause of '+F.pause+' minutes. '
+'Leave the screen.';setTimeout(()=>{seen=0;since=Date.now();r.textContent='';n.hidden=false},
F.pause*60000)};
const step=()=>{if(seen>=F.sitting||Date.now()-since>F.minutes*60000){rest();return}
seen++;at++;show(at)};
document.getElementById('start').onclick=e=>{const c=document.getElementById('coder').value;
mine=all.filter(s=>s.dataset.coder===c);e.target.disabled=true;since=Date.now();
document.getElementById('next').hidden=false;step()};
document.getElementById('next').onclick=step;
document.querySelectorAll('.open').forEach(b=>b.onclick=()=>{
const q=b.nextElementSibling;q.hidden=!q.hidden;b.textContent=q.hidden?'Show the text':'Hide it'});
document.getElementById('save').onclick=()=>{const rows=all.map(s=>[s.dataset.id,s.dataset.coder,
[...s.querySelectorAll('input:checked')].map(i=>i.value).join('|')]).filter(r=>r[2]);
const text='post_id,coder,kinds\\n'+rows.map(r=>r.join(',')).join('\\n')+'\\n';
const a=document.createElement('a');a.href='data:text/csv;charset=utf-8,'+encodeURIComponent(text);
a.download='decisions.csv';a.click()};
"""
