"""The component ``hrd_references``: document symbols of the United Nations and articles of statutes."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

_DOCUMENT = re.compile(
    r"(?<![\w/])(?:A|S|E|CAT|CCPR|CEDAW|CERD|CRC|CRPD|CED|CMW|HRI|ST)"
    r"(?:/(?:(?:Add|Corr|Rev)\.\d+|[A-Z0-9][A-Z0-9.\-]*)(?![a-z])){1,7}"
)
_NUMBER = r"\d{1,4}(?:[.\-]\d{1,3})?(?:\s?(?:bis|ter|مكرر))?(?:[/(]\d{1,2}\)?)?"
_ARTICLE = re.compile(
    rf"(?:\b(?:articles?|arts?|art[ií]culos?|artigos?|sections?|ст|статт?[яіьейюи]\w{{0,2}}|арт\w*|điều|madde|TCK|УК)\b\.?"
    rf"|(?:ال|لل|بال)?(?:مادة|مواد|مادتين)|ماده|§)\s*(?P<number>{_NUMBER})|第\s?(?P<han>[\d一二三四五六七八九十百零]+)\s?[条條]",
    re.IGNORECASE,
)


@Language.component("hrd_references", assigns=["doc.spans"])
def find_references(doc: Doc) -> Doc:
    """Fill ``doc.spans["references"]``: label ``un_document`` or ``article``, the id as written.

    The id of an article is its number ("280.3"); of a document its symbol ("A/HRC/40/60").
    """
    found = [
        (m.start(), m.end(), "un_document", m[0].rstrip(".")) for m in _DOCUMENT.finditer(doc.text)
    ]
    found += [
        (m.start(), m.end(), "article", (m["number"] or m["han"]).strip())
        for m in _ARTICLE.finditer(doc.text)
    ]
    spans = (
        doc.char_span(start, end, label=label, span_id=name, alignment_mode="expand")
        for start, end, label, name in sorted(found)
    )
    doc.spans["references"] = [span for span in spans if span is not None]
    return doc
