"""Shows what was found in texts: drawn in the text by displaCy, and as a table with a row for each span."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import cycle

import pandas as pd
from IPython.display import HTML
from spacy import displacy
from spacy.tokens import Doc, Span, SpanGroup

from hrdresearch.text.clauses import is_within
from hrdresearch.text.pipeline import make_pipeline
from hrdresearch.text.references import ARTICLE

KINDS = ("codes", "references", "dates")
_MARKS = ("denied", "quoted")
_COLOURS = ("#9ecae1", "#fdd0a2", "#c7e9c0", "#dadaeb", "#fcbba1", "#d9d9d9", "#fee391", "#ccebc5")


def show_evidence(doc: Doc, key: str = "codes") -> HTML:
    """Draw the spans of a text with their codes, as HTML that JupyterLab shows.

    key: which spans, ``codes`` or another key of ``doc.spans``. To save the drawing, write the attribute
    ``.data`` of the result to a file. The drawing holds the whole text: a notebook or file with a restricted
    text must stay in the vault.
    """
    labels = sorted({span.label_ for span in _spans(doc, key)})
    options = {"spans_key": key, "colors": dict(zip(labels, cycle(_COLOURS), strict=False))}
    drawn = displacy.render(doc, style="span", options=options, jupyter=False) if labels else ""
    html = drawn or f"<div>{escape(doc.text)}</div>"
    return HTML(f'<meta charset="utf-8">{html}')  # type: ignore[no-untyped-call]


def evidence_table(docs: Doc | Iterable[Doc], key: str = "codes") -> pd.DataFrame:
    """Return one row for each span found: number of the text, code, words, their place, and rule.

    docs: one text or several, as a pipeline of ``nlp`` returns them. key: which spans of ``doc.spans``.
    Columns: ``text_number`` (from 0), ``vocabulary``, ``code``, ``evidence`` (the words), ``start``, ``end``
    (characters), ``rule``, ``is_denied`` (a word of denial reaches the words: "not charged with ...") and
    ``is_quoted``; both are missing if the pipeline has no ``hrd_clauses``. The rule of an article names its
    statute (``statutes:rus_criminal_code:280.3``). A text in which nothing was found has one row with an
    empty code. Raises ValueError if the pipeline of a text does not look for spans of this key.
    """
    rows = []
    for number, doc in enumerate([docs] if isinstance(docs, Doc) else docs):
        known = set(_MARKS) <= doc.spans.keys()
        rows += [
            (
                *(number, rule.partition(":")[0] if ":" in rule else "", s.label_, s.text),
                *(s.start_char, s.end_char, rule),
                *(is_within(s, mark) if known else None for mark in _MARKS),
            )
            for s, rule in ((s, _rule_of(s)) for s in _spans(doc, key))
        ] or [(number, "", "", "", 0, 0, "", *([False, False] if known else [None, None]))]
    columns = ["text_number", "vocabulary", "code", "evidence", "start", "end", "rule"]
    marks = [f"is_{mark}" for mark in _MARKS]
    return pd.DataFrame(rows, columns=[*columns, *marks]).astype(dict.fromkeys(marks, "boolean"))


def read_table(
    table: pd.DataFrame,
    phrases: Mapping[str, Mapping[str, Sequence[str]]] | pd.DataFrame,
    vocabularies: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """Find codes, references and dates in a table of texts, each read in its own language.

    table: columns ``text`` and ``language`` (one of ``LANGUAGES``). phrases: a table with the columns
    ``language``, ``code`` and ``phrase`` (one in a row), or a mapping from language to codes to phrases.
    vocabularies: names of vocabularies whose codes are looked for too, by language. Columns of the result:
    those of ``evidence_table`` (``text_number`` is the row of the table, from 0), ``kind`` (one of ``KINDS``)
    and ``language``. A text without a code keeps one row. Raises ValueError for an unknown language, and for
    a language without phrases or vocabularies.

    >>> texts = pd.DataFrame({"text": ["Su teléfono fue intervenido"], "language": ["es"]})
    >>> read_table(texts, {"es": {"surveillance": ["telefono ..2 intervenid*"]}})["code"].tolist()
    ['surveillance']
    """
    if isinstance(phrases, pd.DataFrame):
        phrases = _by_language(phrases)
    parts = []
    for key, rows in table.reset_index(drop=True).groupby("language", dropna=False):
        language, named = str(key), vocabularies or {}
        pipeline = make_pipeline(language, *named.get(language, ()))
        if language in phrases or language not in named:
            config = {"phrases": phrases.get(language, {})}
            pipeline.add_pipe("hrd_codes", name="own", config=config)
        docs = list(pipeline.pipe(rows["text"].fillna("").astype(str)))
        for kind in KINDS:
            found = evidence_table(docs, kind).assign(kind=kind, language=language)
            found["text_number"] = rows.index.to_numpy()[found["text_number"]]
            parts.append(found[(found["code"] != "") | (kind == "codes")])
    return pd.concat(parts).sort_values(["text_number", "start"], ignore_index=True)


def _by_language(phrases: pd.DataFrame) -> dict[str, dict[str, list[str]]]:
    """Phrases of a table by language and code; rows without a phrase are left out."""
    if missing := {"language", "code", "phrase"} - {*phrases}:
        raise ValueError(
            f"The table of phrases lacks {', '.join(sorted(missing))}; it has one phrase a row."
        )
    given = phrases.dropna(subset=["phrase"]).map(str)
    return {
        language: rows.groupby("code", sort=False)["phrase"].agg(list).to_dict()
        for language, rows in given.groupby("language", sort=False)
    }


def _spans(doc: Doc, key: str) -> SpanGroup:
    if key not in doc.spans:
        raise ValueError(f"The text has no spans {key!r}; it has: {', '.join(sorted(doc.spans))}")
    group: SpanGroup = doc.spans[key]
    return group


def _rule_of(span: Span) -> str:
    """Rule of a span; of an article its statute and number."""
    return (
        f"statutes:{span.kb_id_}:{span.id_}" if span.kb_id_ and span.label_ == ARTICLE else span.id_
    )
