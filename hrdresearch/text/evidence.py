"""Shows what was found in texts: drawn in the text by displaCy, and as a table with a row for each span."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import cycle
from typing import Any

import pandas as pd
from IPython.display import HTML
from spacy import displacy
from spacy.tokens import Doc, Span, SpanGroup

from hrdresearch.text.clauses import is_within
from hrdresearch.text.codes import ALL, CodeFinder, languages_with, own_rules
from hrdresearch.text.lengths import years_of
from hrdresearch.text.pipeline import known_language, make_pipeline
from hrdresearch.text.references import ARTICLE

KINDS = ("codes", "references", "dates", "lengths")
_COLUMNS = ["text_number", "text", "language", "kind", "code", "evidence", "value", "is_denied"]
_COLUMNS += ["is_quoted", "start", "end", "vocabulary", "rule"]
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
    plain = f"<div>{escape(doc.text)}</div>"
    html = displacy.render(doc, style="span", options=options, jupyter=False) if labels else plain
    return HTML(f'<meta charset="utf-8">{html}')  # type: ignore[no-untyped-call]


def evidence_table(docs: Doc | Iterable[Doc], key: str = "codes") -> pd.DataFrame:
    """Return one row for each span found: number of the text, code, words, their place, and rule.

    docs: one text or several, as a pipeline of ``nlp`` returns them. key: which spans of ``doc.spans``.
    Columns: ``text_number`` (from 0), ``vocabulary``, ``code``, ``evidence`` (the words), ``start``, ``end``
    (characters), ``rule``, ``value`` (of a date in the forms of ISO 8601; of a length of time in years:
    ``5.5``, ``2/3`` for two to three, ``15/..`` for fifteen or more; of a document or an article its
    number), ``is_denied`` (a word of denial reaches the words: "not charged with ...") and ``is_quoted``;
    both are missing if the pipeline has no ``hrd_clauses``. The rule of an article names its statute
    (``statutes:rus_criminal_code:280.3``). A text in which nothing was found has one row with an empty
    code. Raises ValueError if the pipeline of a text does not look for spans of this key.
    """
    rows = []
    for number, doc in enumerate([docs] if isinstance(docs, Doc) else docs):
        known = set(_MARKS) <= doc.spans.keys()
        rows += [
            (
                *(number, rule.partition(":")[0] if ":" in rule else "", s.label_, s.text),
                *(s.start_char, s.end_char, rule, _value_of(s, key)),
                *(is_within(s, mark) if known else None for mark in _MARKS),
            )
            for s, rule in ((s, _rule_of(s)) for s in _spans(doc, key))
        ] or [(number, "", "", "", 0, 0, "", "", *([False, False] if known else [None, None]))]
    columns = ["text_number", "vocabulary", "code", "evidence", "start", "end", "rule", "value"]
    marks = [f"is_{mark}" for mark in _MARKS]
    return pd.DataFrame(rows, columns=[*columns, *marks]).astype(dict.fromkeys(marks, "boolean"))


def read_table(
    texts: pd.DataFrame,
    phrases: Mapping[str, Mapping[str, Sequence[str]]] | pd.DataFrame | None = None,
    vocabularies: Sequence[str] = (),
) -> pd.DataFrame:
    """Find codes, references and dates in a table of texts, each read in its own language.

    texts: a table with the columns ``text`` and ``language`` (one of ``LANGUAGES``; empty means ``xx``).
    phrases: a table with the columns ``language``, ``code`` and ``phrase`` (one in a row), or a mapping from
    language to codes to phrases. Phrases of ``xx`` are looked for in every language, and a text in ``xx`` is
    read with the phrases of all languages. vocabularies: names of vocabularies whose codes are looked for
    too, each in the languages in which it has phrases. Columns of the result: those of ``evidence_table``
    (``text_number`` is the row of ``texts``, from 0), ``text``, ``language`` and ``kind`` (one of ``KINDS``;
    ``no_code`` for the row of a text without a code). Warns of languages without phrases and vocabularies.
    Raises ValueError for an unknown language or vocabulary, and for a missing column.

    >>> texts = pd.DataFrame({"text": ["Su teléfono fue intervenido"], "language": ["es"]})
    >>> read_table(texts, {"es": {"surveillance": ["telefono ..2 intervenid*"]}})["code"].tolist()
    ['surveillance']
    """
    _need(texts, "texts", ("text", "language"))
    own = [(key, own_rules("own", by_code, key)) for key, by_code in _by_language(phrases).items()]
    named = [vocabularies] if isinstance(vocabularies, str) else vocabularies
    written = texts["text"].fillna("").astype(str).reset_index(drop=True)
    unread, parts = [], []
    languages = texts["language"].map(known_language).to_numpy()
    for language in sorted({*languages}):
        rows = written[languages == language]
        chosen = [name for name in named if language in (ALL, *languages_with(name))]
        pipeline = make_pipeline(language, *chosen)
        lengths = {"languages": [language] if language != ALL else []}
        pipeline.add_pipe("hrd_lengths", config=lengths)
        rules = [
            r for key, listed in own if key in (language, ALL) or language == ALL for r in listed
        ]
        docs = [*map(CodeFinder(pipeline.vocab, rules, "codes"), pipeline.pipe(rows))]
        for kind in KINDS:
            found = evidence_table(docs, kind).assign(language=language, kind=kind)
            found = found[(kind == "codes") | ~found["code"].isin(["", "alone"])]
            found["kind"] = found["kind"].where(found["code"] != "", "no_code")
            parts.append(found.assign(text_number=rows.index[found["text_number"]]))
        unread += [] if chosen or rules else [language]
        lacking = [name for name in named if name not in chosen]
        if lacking and (chosen or rules):
            warnings.warn(
                f"Texts in {language} are not read for {', '.join(lacking)}, which has no phrases in it.",
                stacklevel=2,
            )
    if unread:
        warnings.warn(
            f"There is no code to look for in {', '.join(unread)}: give phrases of these languages, or of "
            "'xx' for all, or the name of a vocabulary that has them.",
            stacklevel=2,
        )
    table = pd.concat(parts).sort_values(["text_number", "start"], ignore_index=True)
    return table.assign(text=table["text_number"].map(written))[_COLUMNS]


def _by_language(
    phrases: Mapping[str, Mapping[str, Sequence[str]]] | pd.DataFrame | None,
) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Phrases by language and code, also those of a table; an empty row is none."""
    if not isinstance(phrases, pd.DataFrame):
        return {known_language(key): by_code for key, by_code in (phrases or {}).items()}
    _need(phrases, "phrases", ("language", "code", "phrase"))
    given = phrases.dropna(subset=["phrase"])
    given = given.assign(language=given["language"].map(known_language)).map(str)
    by_language: Any = {
        language: rows.groupby("code", sort=False)["phrase"].agg(list).to_dict()
        for language, rows in given.groupby("language", sort=False)
    }
    return by_language  # type: ignore[no-any-return]


def _need(table: pd.DataFrame, name: str, columns: Sequence[str]) -> None:
    if missing := [column for column in columns if column not in table]:
        raise ValueError(
            f"The table of {name} lacks {', '.join(missing)}; it needs the columns {', '.join(columns)}."
        )


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


def _value_of(span: Span, key: str) -> str:
    """What a date, a length of time or a reference says; nothing of a code, whose id is its rule."""
    if key not in ("lengths", "bare", "numbers"):
        return "" if ":" in span.id_ else span.id_
    low, high = years_of(span)
    return f"{low:g}" if low == high else f"{low:g}/{'..' if high is None else f'{high:g}'}"
