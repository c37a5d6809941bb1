"""The last census alone: who was held on its day, by sentence, sex and charge.

Numbers over all censuses count a person who is held for years in each of them; these do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hrdresearch.findings.make_claims import Draft, Population
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.studies.imprisonment.part import OF_SENTENCE, used_codes
from hrdresearch.studies.shapes.count_tables import Row, Share, column_heads, table_of_counts
from hrdresearch.tables.census import UNSENTENCED
from hrdresearch.vocab import codes, label

if TYPE_CHECKING:
    from hrdresearch.studies.imprisonment.census_days import CensusDays

SENTENCE_KNOWN = (*OF_SENTENCE["sentence_kind_code"], *UNSENTENCED, "acquitted")
SEX_KNOWN = [code for code in codes("sex") if code not in ("unknown", "not_recorded")]
CHARGE_KNOWN = [code for code in codes("pretext") if code != "not_recorded"]


def last_census(part: CensusDays) -> Finding:
    """Persons on the day of the last census in scope, each part beside what it is a part of.

    Claims ``last_census.*``: ``persons``, ``states``, ``sentence_known``, ``not_sentenced``,
    ``sentenced``, ``long``, ``life``, ``death``, ``female``, ``charge.CODE``, with their shares.
    """
    return table_of_counts(
        part,
        "last_census",
        "Persons on the last census day",
        column_heads("What", value="Persons", of="Of", share="Per cent"),
        lambda p: _rows(part, p),
        beside=lambda p: [_states(part, p)] if len(p.frame) else [],
        sentence=lambda p, made: _sentence(made) if len(p.frame) else "",
        unit="persons",
        period=part.last_period,
        notes=(
            "Nothing here says that a person is in prison today. A person may be held on several "
            "charges. Charges are as brought by the authorities.",
        ),
    )


def _rows(part: CensusDays, p: Population) -> list[Row]:
    if not len(p.frame):
        return []
    draft = _drafts(part, p)
    persons, known, sentenced = (draft[k] for k in ("persons", "sentence_known", "sentenced"))

    def row(key: str, whole: Draft) -> Row:
        one = draft[key]
        return _line(one), one, whole, Share(one, whole, f"{one.definition}, in per cent")

    charges = [
        part.persons(
            f"last_census.charge.{code}",
            f"held on the charge: {label('pretext', code)}",
            {**part.on_last_day(p), "pretext_codes": code},
        )
        for code in used_codes(p, "pretext_codes", CHARGE_KNOWN)
    ]
    for charge in charges:
        draft[charge.name] = charge
    of_charge = draft["charge_known"]
    return [
        (_line(persons), persons, "", ""),
        row("not_sentenced", known),
        *(row(key, sentenced) for key in ("long", "life", "death")),
        row("female", draft["sex_known"]),
        *(row(charge.name, of_charge) for charge in charges),
    ]


def _drafts(part: CensusDays, p: Population) -> dict[str, Draft]:
    """What is counted on the last day, by the last part of the claim's name."""
    years = part.threshold
    wanted: dict[str, tuple[str, Mapping[str, Any]]] = {
        "persons": ("persons held on the census day", {}),
        "sentence_known": (
            "persons of whom a sentence is recorded, or that none had been passed",
            {"sentence_kind_code": list(SENTENCE_KNOWN)},
        ),
        "not_sentenced": ("not sentenced", {"sentence_kind_code": list(UNSENTENCED)}),
        "sentenced": ("persons of whom a sentence is recorded", OF_SENTENCE),
        "long": (
            f"sentenced to {years} years or longer, life or death",
            {"bound_min_years": {"from": years}},
        ),
        "life": ("sentenced to life imprisonment", {"sentence_kind_code": "life"}),
        "death": ("sentenced to death", {"sentence_kind_code": "death"}),
        "sex_known": ("persons whose sex or gender is recorded", {"sex_code": SEX_KNOWN}),
        "female": ("women, as recorded", {"sex_code": "female"}),
        "charge_known": (
            "persons of whom the list records a charge, or that none was brought or disclosed",
            {"pretext_codes": CHARGE_KNOWN},
        ),
    }
    day = part.on_last_day(p)
    return {
        key: part.persons(f"last_census.{key}", words, {**day, **where})
        for key, (words, where) in wanted.items()
    }


def _states(part: CensusDays, p: Population) -> Draft:
    words = "States or territories that held persons on the census day"
    return Draft("last_census.states", words, part.on_last_day(p), "state", "state_iso3")


def _line(draft: Draft) -> str:
    return draft.definition[:1].upper() + draft.definition[1:]


def _sentence(made: Mapping[str, Claim]) -> str:
    def tag(key: str, style: str = "") -> str:
        return f"{{{{ {made[f'last_census.{key}'].name}{style} }}}}"

    return (
        f"On the last census day in scope, the list records {tag('persons', '|of:person')} in "
        f"{tag('states')} {tag('states', '|agree:State or territory:States or territories')}. Of "
        f"{tag('sentence_known', '|of:person')} of whom a sentence is recorded, or that none had been "
        f"passed, {tag('not_sentenced')} {tag('not_sentenced', '|agree:was:were')} not sentenced. Of "
        f"{tag('sentenced', '|of:person')} with a recorded sentence, {tag('long')} "
        f"{tag('long', '|agree:was:were')} serving {{{{ params.long_term_years }}}} years or longer, "
        f"life or death. Women, as recorded: {tag('female')} of "
        f"{tag('sex_known', '|of:person')} whose sex or gender is recorded."
    )
