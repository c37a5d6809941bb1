"""Marks how well each column fits each field, and gives every field to the column that fits it best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from hrdresearch.clean.value_words import code_of
from hrdresearch.clean.word_forms import fold
from hrdresearch.run.own_lists.code_keys import EXPLAINED
from hrdresearch.run.own_lists.contents import READ_IN_WORDS, Column
from hrdresearch.run.own_lists.heading_subjects import whose_name
from hrdresearch.run.own_lists.learned_headings import LEARNED
from hrdresearch.run.own_lists.words import tells_of_birth
from hrdresearch.vocab import vocabulary

PROPOSED, CONTRADICTED, AGREED = 0.38, 0.15, 0.7
BY_CONTENT = {  # share of values that tells a field without its heading
    "date": 0.85,
    "state": 0.8,
    "sex": 0.9,
    "url": 0.8,
    "division": 0.8,
    "coordinate": 0.9,
    "codes": 0.75,
}
OF_NUMBERS = (
    "identifier",
    "date",
    "year",
    "month",
    "day",
    "age",
    "number",
    "coordinate",
    "yes_no",
    "sex",
    "sentence",
    "kept",
)
WHOLE, PART = (
    0.95,
    0.7,
)  # a heading that is wholly of one field is none of another that shares a word
KNOWN = 0.9  # a heading of the vocabulary
LEAST_OF_GUESS = {
    "sex": 0.9,
    "codes": 0.15,
    "yes_no": 0.5,
    "date": 0.4,
}  # share of values that a learned guess needs
OF_PARENT = frozenset(("father", "padre", "pere", "pai", "отчество", "الاب", "middle"))
COUNTED, REPEATED = (
    0.6,
    0.55,
)  # of the mark of an identifier that counts the rows, or that several rows have
FEW_CELLS = 0.2  # share of rows with a text below which it is no field of the list
FEW_VALUES = 9  # distinct values, of which none may have a code
CODED, MOST_CODES = 0.75, 60  # share of values with a code; distinct values of a column of codes
LENIENT = (
    "codes",
    "yes_no",
    "charge",
    "sentence",
    "division",
    "text",
)  # free words may stand there
ONE_EACH_BUT = (
    "notes",
    "sources",
    "related",
    "coordinates",
    "other_name",
    "language_of_row",
    "telephone",
)
OF_DETENTION = (
    "arrest_date",
    "charge",
    "sentence",
    "release_date",
    "sentence_date",
    "detention_place",
)
OF_OUTCOMES = ("status", "followed")  # fields of which headings are vague, and the cells decide
NEARLY_ALL, SEVERAL = (
    0.9,
    0.1,
)  # shares of the rows of a list of killings, and of those of other acts
OF_OTHER_LISTS = frozenset(  # acts that a list of killings or of detentions holds
    ("killing", "arrest", "arbitrary_detention", "enforced_disappearance", "kidnapping", "torture")
)
OF_KILLING = ("perpetrator", "threats", "accountability", "death", "motive", "cause", "date")


def table_of(columns: Sequence[Column], scores: Sequence[Mapping[str, float]]) -> str:
    """Killings or detentions, by headings that only one of them has and by what happened to most persons.

    Attacks, where a column of what was done says for most persons that they were neither killed nor held:
    such a list has days and perpetrators, too, and its persons live.
    """
    if any(_tells_attacks(c, s) for c, s in zip(columns, scores, strict=True)):
        return "attacks"
    best: dict[str, float] = {}
    for score in scores:
        for f, mark in score.items():
            if mark >= 0.7 and (f != "date" or "death_date" not in score):
                best[f] = max(mark, best.get(f, 0.0))
    held, killed = (sum(best.get(f, 0.0) for f in of) for of in (OF_DETENTION, OF_KILLING))
    for column in columns:
        if 1 < len(column.values) <= MOST_CODES and column.coded("list_status") >= CODED:
            said = Counter(code for v in column.filled for code in code_of(v, "list_status")[0])
            dead, jailed = said["killed"] + said["disappeared"], said["detained"] + said["released"]
            killed, held = killed + 2 * (dead > jailed), held + 2 * (dead < jailed)
    return "detentions" if held > killed else "cases"


def _tells_attacks(column: Column, by_heading: Mapping[str, float]) -> bool:
    """Whether a column of what was done names threats, assaults and the like for most persons.

    Where its heading does not say that it is one, nearly all of its cells must: the living would be
    printed as killed.
    """
    is_of_acts = max(by_heading.get("act", 0.0), by_heading.get("status", 0.0)) >= PART
    if not (0 if is_of_acts else 1) < len(column.values) <= MOST_CODES:
        return False
    if not is_of_acts and (
        len(column.filled) < len(column.cells) / 2 or column.coded("attack_act") < CODED
    ):
        return False
    told = [frozenset(column.codes_of(value, "attack_act")[0]) for value in column.filled]
    others = sum(bool(codes) and not codes & OF_OTHER_LISTS for codes in told)
    if by_heading.get("act", 0.0) >= PART or column.is_explained:  # a list of several kinds of acts
        coded = sum(map(bool, told))
        most = max(sum(code in codes for codes in told) for code in OF_OTHER_LISTS)
        if 2 * coded > len(told) and most < NEARLY_ALL * coded and others > SEVERAL * coded:
            return True
    return 2 * others > len(told)


def marks_of(
    column: Column, by_heading: Mapping[str, float], table: str
) -> dict[str, tuple[float, float]]:
    """Mark of each field that the column may be, with the part that its heading gives."""
    known = vocabulary("list_fields")["fields"]
    found = {}
    is_guessed = LEARNED in by_heading.values()
    for name, entry in known.items():
        heading = by_heading.get(name, 0.0)
        if is_guessed and not heading:
            continue  # the cells were looked at for the guess
        is_other = bool(entry.get("of")) and table not in entry["of"]
        if is_other and entry["of"] == [
            "attacks"
        ]:  # a killing or a detention is told by other fields
            continue
        if column.is_explained and entry["kind"] == "identifier":
            continue
        by_content = name in _BY_CONTENT or (column.is_explained and entry["kind"] == "codes")
        by_content = by_content and not column.is_keyed_yes_or_no
        if not heading and (is_other or not by_content or tells_of_birth(column.heading)):
            continue
        is_keyed = column.is_explained and ("codes" in entry or entry["kind"] in READ_IN_WORDS)
        if column.is_numeric and not is_keyed and entry["kind"] not in OF_NUMBERS:
            continue
        if name == "case_id" and heading < 0.9 and not column.is_unique:
            continue
        share = column.share(entry["kind"], entry.get("codes", ""))
        if entry["kind"] in ("identifier", "text") and column.dates.share >= BY_CONTENT["date"]:
            continue  # a day on which somebody told of it, or a case was opened
        if (
            entry["kind"] == "codes"
            and share == 0
            and column.is_unique
            and len(column.values) > FEW_VALUES
        ):
            continue  # numbers of cases under "القضية" are no causes
        if name == "identity" and share is not None and share < column.coded("attack_act"):
            continue  # kinds of attack under "Categoría" are nobody's profession
        if (
            heading == LEARNED
            and share is not None
            and share < (EXPLAINED if is_keyed else LEAST_OF_GUESS.get(entry["kind"], 0))
        ):
            continue
        numbered = sum(map(_has_digit, column.values))
        if name == "event_id" and heading < KNOWN and 2 * numbered < len(column.values):
            continue  # names of places are numbers of no event
        if heading:
            of_names = column.holds_names and entry["kind"] in ("codes", "yes_no")
            lenient = entry["kind"] in LENIENT and heading >= 0.7 and not of_names
            if entry["kind"] == "yes_no" and (heading < KNOWN or whose_name(column.heading) < 0):
                lenient = False  # "Адвокат" over names is not "без адвоката"
            if name in OF_OUTCOMES and (column.filled_share > FEW_CELLS):
                lenient = False  # names of prisons under "Dónde está" tell no fate
            lenient = lenient or (name == "name" and heading >= WHOLE and column.may_be_short_names)
            if share is not None and share < CONTRADICTED and not lenient and name != "status":
                continue
            if share is None and entry["kind"] == "division" and heading < PART:
                continue  # "estado" within a question
            mark = 0.6 * heading + 0.4 * (0.5 if share is None else share)
            if share is not None and share < CONTRADICTED:
                mark = 0.5 * heading  # cells of another field may be told by what they hold
                mark *= 1.0 if lenient else 0.9
            mark *= 0.95 if is_other or (not entry.get("of") and heading < 0.9) else 1.0
        elif (
            share is not None
            and column.filled_share > FEW_CELLS
            and share >= (EXPLAINED if is_keyed else BY_CONTENT[entry["kind"]])
            and _may_be_coded(column, entry["kind"])
        ):
            mark = (0.7 if entry["kind"] == "state" else 0.6) * share
        else:
            continue
        if name == "case_id" and column.counts_rows:
            mark *= COUNTED  # another column with identifiers is the better one
        elif name == "case_id" and not column.is_unique:
            mark *= REPEATED  # but not numbers of trials that several persons have
        found[name] = (mark * (0.7 + 0.3 * column.filled_share), heading)
    return found


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _may_be_coded(column: Column, kind: str) -> bool:
    """Whether a column holds few values, as one of codes does; of other kinds always."""
    return kind != "codes" or 2 < len(column.values) <= MOST_CODES


_BY_CONTENT = (
    "act",
    "status",
    "identity",
    "perpetrator",
    "cause",
    "date",
    "arrest_date",
    "state",
    "sex",
    "sources",
    "admin1",
    "coordinates",
)


def assign_fields(
    columns: Sequence[Column], marks: Sequence[Mapping[str, tuple[float, float]]]
) -> dict[str, tuple[str, float]]:
    """Field of each column: the best marks first, a field to one column but for those that may be several."""
    many = {f for f, e in vocabulary("list_fields")["fields"].items() if e.get("many")} | set(
        ONE_EACH_BUT
    )
    surest = [max((heading for _, heading in of.values()), default=0.0) for of in marks]
    pairs = sorted(
        (
            (mark, heading, -at, name)
            for at, of in enumerate(marks)
            for name, (mark, heading) in of.items()
            if mark >= PROPOSED and not (surest[at] >= WHOLE and 0 < heading <= PART)
        ),
        reverse=True,
    )
    taken: dict[str, float] = {}
    found: dict[str, tuple[str, float]] = {}
    for mark, heading, at, name in pairs:
        column = columns[-at].heading
        again = name in many and heading >= 0.7 and mark >= taken.get(name, 0.0) - 0.3
        if column in found or (name in taken and not again):
            continue
        taken.setdefault(name, mark)
        found[column] = (name, heading)
    return found


def names_by_cells(
    columns: Sequence[Column], best: dict[str, tuple[str, float]]
) -> dict[str, tuple[str, float]]:
    """Where no heading tells the names, a column of names that nothing else is: a guess.

    A heading that speaks of the person goes before others; names of other people (a lawyer) are none.
    Names that are read are sealed and looked for in each report; those of a column left out are not.
    """
    if {f for f, _ in best.values()} & {"name", "given_name", "family_name"}:
        return best
    held = [
        c for c in columns if c.heading not in best and c.holds_names and whose_name(c.heading) >= 0
    ]
    held.sort(key=lambda c: -whose_name(c.heading))
    return best | {held[0].heading: ("name", 0.0)} if held else best


def names_in_parts(
    columns: Sequence[Column],
    scores: Sequence[Mapping[str, float]],
    best: dict[str, tuple[str, float]],
) -> dict[str, tuple[str, float]]:
    """Where a column of family names stands beside one of names, the latter holds the given names."""
    fields = {f for f, _ in best.values()}
    found = dict(best)
    if not fields & {"family_name", "name"}:  # a lone column of first and last names
        whole = {c.heading for c in columns if c.holds_names}
        found |= {
            h: ("name", mark) for h, (f, mark) in best.items() if f == "given_name" and h in whole
        }
    if "family_name" in fields and "given_name" not in fields and "name" not in fields:
        of_others = [h for h, (f, _) in best.items() if f == "other_name"]
        found |= {h: ("given_name", best[h][1]) for h in of_others}  # "surname" and "other names"
    for column, score in zip(columns, scores, strict=True):
        field_of, heading = best.get(column.heading, ("", 0.0))
        if (
            field_of == "name"
            and "family_name" in fields
            and score.get("given_name", 0.0) >= heading
        ):
            found[column.heading] = ("given_name", heading)
    found = _part_of_name(columns, scores, found)
    if "name" in {f for f, _ in found.values()}:
        return {c: v for c, v in found.items() if v[0] not in ("given_name", "family_name")}
    return found


def _part_of_name(
    columns: Sequence[Column],
    scores: Sequence[Mapping[str, float]],
    found: dict[str, tuple[str, float]],
) -> dict[str, tuple[str, float]]:
    """A column "Nombre" beside one of family names ("Nom" beside given names) holds the other part.

    It is the whole name where the words of the part stand in it in half of the rows or more.
    """
    field_of = {c.heading: found.get(c.heading, ("", 0.0))[0] for c in columns}
    parts = {"family_name": "given_name", "given_name": "family_name"}
    beside = [c for c in columns if field_of[c.heading] in parts]
    called = [c for c, s in zip(columns, scores, strict=True) if s.get("name", 0.0) >= WHOLE]
    wholes = [c for c in called if field_of[c.heading] in ("name", "")]
    if len({field_of[c.heading] for c in beside}) != 1 or len(wholes) != 1:
        return found
    [whole], part = wholes, beside[0]
    if len(fold(whole.heading).split()) > 1 or OF_PARENT & set(fold(part.heading).split()):
        return found  # a "full name", or a name of the father beside the person's own
    pairs = [(fold(a), fold(b)) for a, b in zip(whole.cells, part.cells, strict=True) if fold(b)]
    if not pairs or 2 * sum(b in a for a, b in pairs) >= len(pairs):
        return found
    return found | {whole.heading: (parts[field_of[part.heading]], WHOLE)}
