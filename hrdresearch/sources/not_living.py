"""Finds rows in a list of killed or detained persons that speak of a living person in freedom, at risk.

The templates count killings and detentions. Persons in hiding or under threat belong to neither: a list
of them is dangerous by itself, and they would be printed as killed or held.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from hrdresearch.sources.model import Loaded
from hrdresearch.sources.sheet import Sheet
from hrdresearch.vocab import codes

# English, Spanish, French, Portuguese, Arabic, Russian; unvalidated but for the first three
_LIVING = re.compile(
    r"\b(?:in hiding|hiding|underground|alive|still lives|at risk|at liberty|at large|in exile|fled|relocated"
    r"|survived|survivor|refugee|under threat|threatened"
    r"|escondid[oa]|clandestinidad|con vida|viv[oa]|vive|en riesgo|amenazad[oa]|exilio|exiliad[oa]"
    r"|refugiad[oa]|sobreviviente|sobrevivió"
    r"|en vie|vivante?|se cache|cachée?|clandestinité|en danger|en exil|exilée?|réfugiée?|menacée?|a survécu"
    r"|ameaçad[oa]|sob ameaça|exílio|exilad[oa]|sobrevivente|sobreviveu|clandestinidade|em risco"
    r"|жив[аы]?|скрывается|в подполье|в изгнании|в эмиграции|под угрозой|выжил[аи]?|бежал[аи]?"
    r"|مختبئة?|متخفية?|على قيد الحياة|في المنفى|منفية?|لاجئة?|ناجية?|مهددة?|هاربة?)\b",
    re.IGNORECASE,
)
_NO_DEATH = re.compile(  # in the column of what happened; "disappeared and presumed dead" is a death
    r"\b(?:attempt(?:ed|s)?|disappear(?:ed|ance|ances)|missing|threats?|threatened|injur(?:y|ies|ed)|wounded"
    r"|abduct(?:ed|ion)|kidnapp(?:ed|ing)"
    r"|tentativas?|intentos?|frustrad[oa]|desaparici[oó]n(?:es)?|desaparecid[oa]s?|amenazas?|herid[oa]s?"
    r"|lesiones|secuestros?|tentatives?|disparitions?|disparue?s?|blessée?s?|enlèvements?"
    r"|desaparecimentos?|ferid[oa]s?|sequestros?"
    r"|покушение|попытка|исчезновение|исчез(?:ла)?|пропал[аи]?|ранен[аы]?|похищение"
    r"|محاولة|اختفاء|مختفية?|مفقودة?|اختطاف|جريحة?)\b(?!.*\b(?:presumed|presunt|présum|muert|dead))",
    re.IGNORECASE,
)
NOUNS = ("killed", "dead", "arrested", "detained")  # words for what a list counts, in a reason
_THREATS = re.compile(  # before a killing or an arrest, more often than not
    r"\b(?:threatened|amenazad[oa]|menacée?|ameaçad[oa]|مهددة?)\b", re.IGNORECASE
)
_SPEAKS_OF_LIFE = (
    "The row has a day, and its words may be of a person who lives (in hiding, in exile, survived): was "
    "the person killed or held?"
)
UNREAD_STATUS = "The word has no code. The row has a day of arrest, so the person was held."
OTHER_STATUS = " says another thing than "  # in the reason for a row set aside, after the column
NO_STATUS_CODE = " has a word without a code: nobody can tell whether the person was "  # likewise
_WRITE = " Write the status, in the file or, with your reason, in corrections.yml."
_ANOTHER_ACT = (
    "says that the act was an attempt, a disappearance, a threat or an injury, and no status says that the "
    "person was killed."
)
_MAY_LIVE = (
    "of a person who lives|an attempt, a disappearance|whether the person is alive"
    "|a living person at risk"
)
_UNSAID = (
    "No day and no status, so nobody can tell from the row whether the person is alive. Write the day or "
    "the status, in the file or, with your reason, in corrections.yml; or write into policy of source.yml, "
    "counts_undated, why such rows of this list count."
)


def speaks_of_life(words: str) -> bool:
    """Whether words of a status say that the person lives in freedom and at risk.

    >>> speaks_of_life("in hiding"), speaks_of_life("probation")
    (True, False)
    """
    return bool(_LIVING.search(words))


def set_living_aside(
    sheet: Sheet,
    date: str,
    counted: frozenset[str],
    columns: str,
    also: Mapping[str, str],
    act: str = "",
) -> None:
    """Set aside, with the reason, rows of living persons and rows that do not say whether the person lives.

    date: column of the day of death or arrest. counted: words of column ``status`` (small letters) with
    which a row belongs to the list; any other word sets it aside. columns: names, separated by spaces, of
    columns in which a row without ``status`` may say that the person lives. A row with a date is set aside
    if its notes say so; if another column says so, or the notes speak of threats only, it is counted, with
    an issue. also: columns whose entries count as much as a day, each with a word that says nothing. A row
    with neither is counted only where the policy of the source says why (``counts_undated``). act: in a
    list of killed persons, the column of what happened; a row without ``status`` that names another act is
    set aside.
    """
    status = sheet.text("status").str.casefold()
    if act:
        survived = (status == "") & sheet.text(act).str.contains(_NO_DEATH)
        for row in sheet.cells.index[survived]:
            sheet.book.set_aside(int(row), f"Column {act!r} {_ANOTHER_ACT}{_WRITE}")
        status = status.mask(survived, min(counted))  # no further reason for these rows
    other = (status != "") & ~status.isin(counted)
    said = pd.Series("", index=sheet.cells.index)
    for column in columns.split():
        said = said + " " + sheet.text(column)
    living = (status == "") & (sheet.text(date) == "") & said.str.contains(_LIVING)
    dated = (status == "") & (sheet.text(date) != "") & said.str.contains(_LIVING)
    story = sheet.text("notes").str.replace(_THREATS, "", regex=True)
    lives = dated & story.str.contains(
        _LIVING
    )  # only notes: "exile" may also be a charge or a sentence
    sheet.book.issues_at(
        sheet.cells.index[dated & ~lives], date, _SPEAKS_OF_LIFE, "counted; write the status"
    )
    for row in sheet.cells.index[lives]:
        sheet.book.set_aside(int(row), _SPEAKS_OF_LIFE + _WRITE)
    unsaid = (status == "") & (sheet.text(date) == "") & ~living
    for column, silent in also.items():
        unsaid &= sheet.text(column).isin(("", silent))
    if sheet.spec.facts.policy.counts_undated:
        done = "counted, for the reason that the policy of the source gives (counts_undated)"
        sheet.book.issues_at(sheet.cells.index[unsaid], date, "No day and no status.", done)
    else:
        for row in sheet.cells.index[unsaid]:
            sheet.book.set_aside(int(row), _UNSAID)
    noun = " or ".join(word for word in NOUNS if word in counted)
    unread = other & ~status.isin(codes("list_status")) & bool(sheet.spec.like)
    for row in sheet.cells.index[unread]:
        sheet.book.set_aside(int(row), f"Column 'status'{NO_STATUS_CODE}{noun}.")
    for row in sheet.cells.index[other]:
        sheet.book.set_aside(
            int(row), f"Column 'status'{OTHER_STATUS}{noun}: it is not counted here."
        )
    for row in sheet.cells.index[living]:
        sheet.book.set_aside(
            int(row),
            f"Column {date!r} is empty, and the row speaks of a living person at risk: this list is no "
            "place for one. Take the row out of the file, or write status and date.",
        )


def rows_that_may_live(loaded: Loaded) -> tuple[int, int]:
    """Number of rows that may be of living persons: rows set aside for it, and rows that are counted."""
    aside = loaded.set_aside["reason"].astype(str).str.contains(_MAY_LIVE)
    counted = loaded.issues["what"].astype(str).eq(_SPEAKS_OF_LIFE)
    return int(aside.sum()), int(counted.sum())
