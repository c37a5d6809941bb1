"""Gender over the builds of several studies, of which some may be missing; paragraphs 48 and 49 of A/75/165.

Sex or gender is what each list records, never inferred from a name; "not recorded" is a value. Lists stand
side by side and are never added. Sexual violence is told of whole lists only, and of no small group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrdresearch.findings.display import cite
from hrdresearch.findings.empty_cells import NO_CLASS, NONE, explain_empty_cells
from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.questions import MOST_KEY_FINDINGS
from hrdresearch.findings.sentences import claim_tag, count_with_share, is_printed, join_with_and
from hrdresearch.findings.several_studies import add_own_study_prefix
from hrdresearch.studies.gender import women_of_lists
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.ground.studies_page import NothingToPrint, StudiesPage
from hrdresearch.studies.shapes.count_tables import is_zero, text_columns
from hrdresearch.studies.shapes.fact_by_groups_sentences import NO_GROUPS
from hrdresearch.studies.shapes.recorded_on_gender import (
    recorded_finding,
    rows_without_sexual_violence,
    with_census_title,
)
from hrdresearch.vocab import codes, label

NAME = "gender"
FACT = "sex_code"
UNKNOWN = ("unknown", "not_recorded")
WHAT = {
    "cases": "persons killed",
    "census": "persons imprisoned, in all censuses",
    "detentions": "persons detained",
    "attacks": "attacks on persons",
    "reprisals": "persons who met alleged reprisals",
}
# Part of a study, its finding by sex, and how its claims begin.
BY_SEX = (
    ("killings", "", "by_sex"),
    ("imprisonment", "census", "by_sex"),
    ("imprisonment", "detained", "detained_by_sex"),
    ("attacks", "", "by_sex"),
    ("reprisals", "", "by_sex"),
)
PATTERNS = {"threats": "threats before the killing", "impunity": "impunity"}
FEWEST = 10  # persons whose sex or gender is recorded, under which nothing is said of a list
# What is not recorded stands beside the shares, so that a narrow page does not leave it out.
AFTER_FEMALE = sorted(set(codes("sex")) - {"female"}, key=lambda code: (code not in UNKNOWN, code))
NO_LIST = "no list that was read"


class GenderPage(StudiesPage):
    """What the studies with a build record of women and men, and of women defenders."""

    name = NAME
    often = ("by_sex", "persons", "women", "prevalence")

    def top(self) -> Finding:
        """Sentences for the top of the page, ten at most: women on lists, in letters, and in the review."""
        told = (
            ("Letters", self.letters()),
            ("Recommendations of the Universal Periodic Review", self.reviews()),
        )
        sentences = [
            f"{whose}: {text[:1].lower()}{text[1:]}"
            for whose, part in ((whose, add_own_study_prefix(made)) for whose, made in told)
            for text in (part.key_sentences or part.statements)[:1]
            if part.claims
        ]
        lists = self.by_list().key_sentences[: MOST_KEY_FINDINGS - len(sentences)]
        return self.page_finding("glance", key_sentences=(*lists, *sentences))

    def recorded(self) -> Finding:
        """What each list records on gender: a number, "not asked", or that it has no such class."""
        parts = [add_own_study_prefix(part) for part in self.recorded_parts()]
        notes = {note.slug: note for part in parts for note in part.sources}
        rows = tuple(row for part in parts for row in part.rows)
        claims = tuple(claim for part in parts for claim in part.claims)
        return self.page_finding(
            "recorded",
            title="What each list records on gender",
            columns=parts[0].columns if parts else (),
            rows=rows,
            claims=claims,
            sources=tuple(notes.values()),
            unit="victims, persons or attacks, as the list counts them",
            period="as each list covers",
            population="persons and attacks as each list defines them; lists are not added",
            notes=(*_notes(parts), *explain_empty_cells(rows, claims)),
        )

    def recorded_parts(self) -> list[Finding]:
        """What the lists of each study record on gender; the page prints them as one table."""
        return [recorded_finding(part, is_whole=self.is_whole) for part in self._parts()]

    def by_list(self) -> Finding:
        """Women, men and others of each list, as it records them, and those not recorded."""
        rows: list[tuple[Cell, ...]] = []
        said: list[str] = []
        claims: dict[str, Claim] = {}
        sources: dict[str, Any] = {}
        for counted, made, p, name in self._lists_by_sex():
            claims |= made.by_name
            if cells := _cells(made.by_name, name):
                rows.append((Cell(f"{p.title}: {WHAT[p.table]}"), *cells))
                said.append(_sentences(p, made.by_name, name, counted.period([p])))
                sources |= {note.slug: note for note in made.sources if note.slug == p.slug}
        labels = {code: label("sex", code).partition(" (")[0] for code in codes("sex")}
        columns = (
            *text_columns(label="List, and what is counted"),
            Column("female", labels["female"]),
            Column("share", "Per cent"),
            *(Column(code, labels[code]) for code in AFTER_FEMALE),
        )
        kept = [at for at, column in enumerate(columns) if _is_kept(rows, at, column)]
        unused = [c.label for at, c in enumerate(columns) if at not in kept and c.key != "share"]
        return self.page_finding(
            "by_list",
            title="Sex or gender as each list records it",
            columns=tuple(columns[at] for at in kept),
            rows=tuple(tuple(row[at] for at in kept) for row in rows),
            claims=tuple(claims.values()),
            sources=tuple(sources.values()),
            unit="persons or attacks, as the row says",
            period="as each list covers",
            population="persons and attacks as each list defines them; lists are not added",
            key_sentences=tuple(filter(None, said)),
            notes=(
                "Per cent: of those whose sex or gender is recorded.",
                *(
                    [f"No list of this table counts anybody under: {'; '.join(unused)}."]
                    if unused
                    else []
                ),
                *explain_empty_cells(rows, claims.values()),
            ),
        )

    def women(self) -> Finding:
        """Figure: share of women among those whose sex or gender is recorded, list by list."""
        stems, claims, sources = dict[str, str](), dict[str, Claim](), dict[str, Any]()
        for _, made, p, name in self._lists_by_sex():
            claims |= made.by_name
            stems[f"{p.title}: {WHAT[p.table]}"] = name
            sources |= {note.slug: note for note in made.sources if note.slug == p.slug}
        rows, ends = women_of_lists.rows_with_shares(stems, claims)
        return self.page_finding(
            "women",
            title="Women among those whose sex or gender each list records",
            columns=women_of_lists.COLUMNS,
            rows=tuple(rows),
            claims=(*claims.values(), *ends),
            sources=tuple(sources.values()),
            unit="per cent",
            period="as each list covers",
            population="persons and attacks as each list defines them; lists are not added",
            drawing=women_of_lists.DOTS,
            notes=women_of_lists.NOTES,
        )

    def by_sex(self, study: str, part: str = "") -> Finding:
        """Finding by sex of a study, or of a part of one, without sentences on a list of few persons."""
        counted = self.opened.get(study)
        counted = getattr(counted, part) if counted is not None and part else counted
        made: Finding = (counted or getattr(self, study)).by_sex()
        known = [c for c in made.claims if c.name.endswith(".known") and _is_small(c)]
        few = tuple(f"{{{{ {claim.name.removesuffix('known')}" for claim in known)
        texts = [text for text in made.statements if not any(stem in text for stem in few)]
        for p in _lists(counted) if counted is not None and part else ():
            named = with_census_title(p)
            if named is not p:
                texts = [
                    t.replace(f"on {p.list_in_prose}", f"in {named.list_in_prose}") for t in texts
                ]
        return replace(made, statements=tuple(texts))

    def by_group(self, name: str) -> Finding:
        """A finding on killings by group, without sentences on lists that have no two groups."""
        made: Finding = getattr(self.killings, name)()
        return replace(made, statements=tuple(t for t in made.statements if NO_GROUPS not in t))

    def reviews(self) -> Finding:
        """Recommendations that name women defenders or women's rights, with the years of the reviews."""
        made: Finding = self.upr.women()
        told = tuple(
            f"In the reviews of {made.period}, {text[:1].lower()}{text[1:]}"
            for text in made.key_sentences
        )
        return replace(made, statements=told, key_sentences=told)

    def letters(self) -> Finding:
        """Persons whom letters concern, and women among them, without the subjects of the letters."""
        made: Finding = self.communications.persons()
        return replace(made, statements=made.statements[:1], key_sentences=made.statements[:1])

    def last_census(self) -> Finding:
        """Women among those held on the day of the last census."""
        made: Finding = self.imprisonment.census.last_census()
        names = ("female", "sex_known", "female.share")
        own = {c.name.partition("last_census.")[2]: c for c in made.claims}
        held = [own.get(name) for name in names]
        if not is_printed(held[0], 0) or not is_printed(held[1], FEWEST):
            return replace(made, rows=(), statements=(), key_sentences=())
        female, known, share = held
        share = share if is_printed(female, FEWEST) else None
        assert female and known
        text = (
            f"In the last census, of {made.period}, {count_with_share(female, share)} of the "
            f"{claim_tag(known)} held whose sex or gender is recorded are recorded as female."
        )
        return replace(made, rows=(), statements=(text,), key_sentences=())

    def kinds(self) -> Finding:
        """Kinds of attack by sex, where a public list holds both, without sexual violence."""
        made: Finding = self.attacks.kind_by_sex()
        kept = list(rows_without_sexual_violence(made))
        is_named = any("sexual_violence" in text for text in made.statements)
        return replace(
            made,
            rows=tuple(made.rows[place] for place in kept),
            claims=tuple(c for c in made.claims if not c.name.endswith(".sexual_violence")),
            statements=() if is_named else made.statements,
            notes=(*made.notes, "Sexual violence is told over the whole list only.")
            if made.rows
            else (),
        )

    def messages(self) -> Finding:
        """Estimates of attacks, threats (of families too) and gendered abuse in messages; no other kinds."""
        made: Finding = self.online_attacks.prevalence()
        return replace(made, statements=made.statements[:2])

    def parameters(self) -> Finding:
        """The parameters on women defenders, and which lists of this page say something of each."""
        recorded = [row for part in self.recorded_parts() for row in part.rows]
        at = {c.key: n for part in self.recorded_parts() for n, c in enumerate(part.columns)}
        agendas = [row[0].text for row in recorded if row[at["womens_rights"]].claim]
        both = [
            row[0].text
            for row in recorded
            if row[at["sex"]].claim and row[at["sexual_violence"]].claim
        ]
        both += self._patterns_among_killed()
        if self.messages().statements:
            both.append("messages, as estimated")
        rows = (
            ("Level of participation of women", NO_LIST, "how many of all defenders are women"),
            ("Number of organizations of women defenders", NO_LIST, "a register of organizations"),
            ("Degree of representation of women", NO_LIST, "who leads and who speaks in organizations"),
            (
                "Women's rights on the agendas of defenders",
                join_with_and(agendas) or NO_LIST,
                "the cause of each defender, asked in every case",
            ),
            (
                "Patterns of gender-based violations",
                join_with_and(both) or NO_LIST,
                "sex or gender and the kind of violation, recorded together in every case",
            ),
        )  # fmt: skip
        silent = [words[:1].lower() + words[1:] for words, says, _ in rows if says == NO_LIST]
        return self.page_finding(
            "parameters",
            statements=(f"No list that was read says anything of the {join_with_and(silent)}.",)
            if silent
            else (),
            title="Parameters on women defenders, and what says something of them",
            columns=tuple(
                text_columns(
                    label="Parameter", says="What says something", needs="An answer would need"
                )
            ),
            rows=tuple(tuple(map(Cell, row)) for row in rows),
        )

    # -- private ---------------------------------------------------------------------------

    def _lists_by_sex(self) -> Iterator[tuple[Any, Finding, Population, str]]:
        """Each list that records sex or gender of ten or more: with its study and the finding by sex.

        The text is the beginning of the names of its claims.
        """
        for study, part, stem in BY_SEX:
            opened = self.opened.get(study)
            if opened is None:
                continue
            counted = getattr(opened, part) if part else opened
            made = add_own_study_prefix(counted.by_sex())
            for p in map(with_census_title, _lists(counted)):
                name = f"{study.replace('-', '_')}.{p.claim_name(stem)}"
                if not _is_small(made.by_name.get(f"{name}.known")):
                    yield counted, made, p, name

    def _patterns_among_killed(self) -> list[str]:
        """Lists of killed persons that record threats before the killing, or impunity, by sex."""
        found = []
        for p in _lists(self.opened.get("killings", NothingToPrint("killings"))):
            told = [
                words
                for name, words in PATTERNS.items()
                for made in [self.by_group(f"{name}_by_sex")]
                if any(
                    c.name.endswith(p.claim_name(f"{name}_by_group.sex.female.known"))
                    for c in made.claims
                )
            ]
            if told:
                found.append(f"{p.title} ({join_with_and(told)}, of persons killed)")
        return found

    def _opened(self, build: Build) -> Any:
        """Open a study as every page does; of attacks, on the first list that records sex or gender."""
        asking = [f for f in build.facts() if f["table"] == "attacks" and FACT in f["asked"]]
        if build.study != "attacks" or not asking or "sources" in self.params:
            return super()._opened(build)
        params, self.params = self.params, {**self.params, "sources": asking[0]["slug"]}
        try:
            return super()._opened(build) or self._without_sex(build, params)
        finally:
            self.params = params

    def _without_sex(self, build: Build, params: Mapping[str, Any]) -> Any:
        self.params = dict(params)
        return super()._opened(build)

    def _parts(self) -> Iterator[Any]:
        """Studies and parts of studies whose rows are persons or attacks."""
        for study, part, _ in BY_SEX:
            opened = self.opened.get(study)
            counted = getattr(opened, part) if opened is not None and part else opened
            if counted is not None and _lists(counted):
                yield counted


def open_gender(*studies: str, work: str | Path | None = None, **params: Any) -> GenderPage:
    """Open the page on gender over those of the studies that have a build; see ``StudiesPage.open``."""
    page = GenderPage.open(studies, work, params)
    for part in page.recorded_parts():
        cite(part)
    return page


def _lists(counted: Any) -> list[Population]:
    """Lists of a study with a case in the scope; none of a study that has nothing to print."""
    if isinstance(counted, NothingToPrint):
        return []
    return [p for p in counted.populations if p.has_cases and p.table in WHAT]


def _is_small(known: Claim | None) -> bool:
    """Whether a list records the sex or gender of too few persons for the page to say anything."""
    return known is not None and known.status == "shown" and float(known.value or 0) < FEWEST


def _sentences(p: Population, own: Mapping[str, Claim], stem: str, period: str) -> str:
    """Women of one list, of those whose sex or gender it records; then what the list does not say."""
    female, known = own.get(f"{stem}.female"), own.get(f"{stem}.known")
    if not (female and known and is_printed(female, 0) and is_printed(known)):
        return ""
    years = f"In {period}, of" if period[:1].isdigit() else "Of"
    share = own.get(f"{stem}.female.share") if is_printed(female, FEWEST) else None
    whom = "persons in" if p.table == "census" else f"{WHAT[p.table]} on"
    text = (
        f"{years} the {claim_tag(known)} {whom} {p.list_in_prose} whose sex or gender is "
        f"recorded, {count_with_share(female, share)} "
        f"{claim_tag(female, 'agree:is:are')} recorded as female"
    )
    missing = {"recorded as unknown": f"{stem}.unknown", "not recorded": f"{stem}.not_recorded"}
    items = [
        f"{words} for {claim_tag(name)}"
        for words, name in missing.items()
        if is_printed(own.get(name))
    ]
    text += f"; it is {join_with_and(items)}" if items else ""
    return f"{text}. {p.remarks.get('extent', '')}".strip()


def _cells(claims: Mapping[str, Claim], stem: str) -> tuple[Cell, ...]:
    """Cells of a list: women, their share, and the others; none where it does not record sex or gender."""
    held = {c: claims[f"{stem}.{c}"] for c in codes("sex") if f"{stem}.{c}" in claims}
    if not held:
        return ()
    cells = [
        Cell(claim=held[code].name)
        if code in held and not (code in UNKNOWN and is_zero(held[code]))
        else Cell(NONE if code in UNKNOWN else NO_CLASS)
        for code in ("female", *AFTER_FEMALE)
    ]
    share = f"{stem}.female.share"
    return (cells[0], Cell(claim=share) if share in claims else Cell("–"), *cells[1:])


def _is_kept(rows: Sequence[Sequence[Cell]], at: int, column: Column) -> bool:
    """Whether a table keeps a column: it holds words, or at least one number."""
    return column.role != "value" or any(row[at].claim for row in rows)


def _notes(parts: list[Finding]) -> tuple[str, ...]:
    """Notes of the parts, without those on words of their cells, which the page explains itself."""
    return tuple(dict.fromkeys(n for part in parts for n in part.notes if not n.startswith("“")))


STUDY = GenderPage
