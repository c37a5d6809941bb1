"""Spells of detention: who is held, on what charges, and the facts of the proceedings."""

from __future__ import annotations

from hrdresearch.findings.make_claims import Draft, Population
from hrdresearch.findings.model import Finding
from hrdresearch.studies.imprisonment import ends
from hrdresearch.studies.imprisonment import release as releases
from hrdresearch.studies.imprisonment.part import NO_KIND, NOT_ASKED, NOT_RECORDED
from hrdresearch.studies.imprisonment.thresholds import by_threshold
from hrdresearch.studies.imprisonment.time_held import TimeHeld, recorded, spells
from hrdresearch.studies.shapes.by_code import table_by_code
from hrdresearch.studies.shapes.count_tables import (
    Row,
    Share,
    code_cell,
    column_heads,
    table_of_counts,
)
from hrdresearch.vocab import codes, label

FACTS = {
    "in_absentia": "Tried in absentia",
    "military_court": "Tried by a military court",
    "special_court": "Tried by a special court",
    "terrorism_law": "Charged under counter-terrorism law",
    "whereabouts_known": "Fate or whereabouts known",
}


class DetainedPart(TimeHeld):
    """All findings on table ``detentions``."""

    def extent(self) -> Finding:
        """Detentions, persons, States, and detentions open on the as-of date."""
        drafts = (
            spells("detentions.total", "spells of detention", {}),
            self.persons("detentions.persons", "persons", {}),
            Draft("detentions.states", "States or territories", {}, "state", "state_iso3"),
            spells("detentions.dated", "spells with a date of arrest", recorded("began_date")),
            spells("detentions.open", "spells open on the as-of date", self.open_),
        )

        def undated(p: Population) -> tuple[str, str]:
            word = NOT_RECORDED if "dates" in p.asked else NOT_ASKED
            return word, word

        return table_of_counts(
            self,
            "detained_extent",
            "Extent of the lists of detentions",
            column_heads(
                "List",
                total="Detentions",
                persons="Persons",
                states="States or territories",
                dated="With date of arrest",
                open="Held on the as-of date",
            ),
            lambda p: [
                (p.title, *drafts) if self.is_timed(p) else (p.title, *drafts[:3], *undated(p))
            ],
            names_lists=True,
            statements=tuple(
                f"{p.title}: no date of arrest stands on the list, so nothing is said of who is "
                "held, or for how long."
                for p in self.populations
                if len(p.frame) and not self.is_timed(p)
            ),
            notes=(
                "A person may be detained more than once. Cases that nobody took up are not "
                "in such lists. Whoever has neither a date of arrest nor a word on the end is "
                "not counted as held.",
            ),
        )

    def by_state(self) -> Finding:
        """Detentions and persons by State; map."""
        stem = "detained_by_state"
        return self.by_place(
            stem,
            "Detained persons by State or territory",
            {"value": "Detentions", "persons": "Persons"},
            lambda _, iso3, name: [
                spells(f"{stem}.{iso3.lower()}", f"detentions in {name}", {"state_iso3": iso3}),
                self.persons(
                    f"{stem}.{iso3.lower()}.persons", f"persons in {name}", {"state_iso3": iso3}
                ),
            ],
            unit="persons",
            notes=(
                "The map shows persons. States stand in alphabetical order: coverage differs, so "
                "the counts do not rank them.",
            ),
        )

    def by_sentence_kind(self) -> Finding:
        """Detentions by kind of sentence in force."""
        return table_by_code(
            self,
            "detained_by_sentence_kind",
            "Detentions by kind of sentence",
            "sentence_kind_code",
            "sentence_kind",
            unit="detention",
            unknown=NO_KIND,
        )

    def by_pretext(self) -> Finding:
        """Persons by charge as brought."""
        return self.persons_by_code(
            "detained_by_pretext",
            "Detained persons by charge as brought",
            "pretext_codes",
            "pretext",
            "Charges as brought",
            "As brought by the authorities, coded from the words of the list. A person may be "
            "held on several charges.",
        )

    def by_sex(self) -> Finding:
        """Persons by sex or gender as recorded."""
        title = "Detained persons by sex or gender as recorded"
        return self.persons_by_code("detained_by_sex", title, "sex_code", "sex", "Sex or gender")

    end_dates = ends.end_dates
    deaths = ends.deaths

    def long_term(self) -> Finding:
        """Two arms, never merged, at several thresholds; claims ``detained_long_term.*``."""
        unknown = self.persons(
            "detained_long_term.whereabouts",
            "persons whose fate or whereabouts are recorded as not known",
            {"whereabouts_known_code": "no"},
        )
        return by_threshold(
            self,
            "detained_long_term",
            "Detained persons by threshold of long term",
            beside=lambda p: (
                *self.arms(p, "detained_long_term", self.threshold),
                *([unknown] if self.is_asked(p, "whereabouts_known_code") else []),
            ),
            notes=(
                "The two arms are never added. Held without a sentence: still held on "
                f"{self.as_of_words}, arrested at least that many years before, and recorded as "
                "not sentenced; a sentence that is not recorded is not counted as not passed. "
                "Whose fate or whereabouts are recorded as not known is counted apart.",
            ),
        )

    def proceedings(self) -> Finding:
        """Trial in absentia, military or special court, counter-terrorism law, where recorded."""

        def row(fact: str, words: str) -> Row:
            yes, no, known = (
                spells(
                    f"proceedings.{fact}.{answer}",
                    f"{words.lower()}, {answer}",
                    {f"{fact}_code": held},
                )
                for answer, held in (("yes", "yes"), ("no", "no"), ("known", ["yes", "no"]))
            )
            share = f"{words.lower()}, in per cent of those in which it is recorded"
            return words, yes, no, Share(yes, known, share, name=f"proceedings.{fact}.share")

        return table_of_counts(
            self,
            "proceedings",
            "Facts of the proceedings, where recorded",
            column_heads("Fact", yes="Yes", no="No", share="Per cent of known"),
            lambda p: [
                row(f, words) for f, words in FACTS.items() if self.is_asked(p, f"{f}_code")
            ],
            empty="drop rows",
            notes=("Not recorded does not mean no.",),
        )

    def wgad(self) -> Finding:
        """Opinions of the Working Group beside the researcher's own coding."""

        def row(code: str) -> Row:
            words, found, own = (
                label("wgad_category", code),
                {"wgad_codes": code},
                {"own_codes": code},
            )
            return (
                code_cell("wgad_category", code),
                spells(f"wgad.{code}", f"the Working Group found {words}", found),
                spells(f"wgad.own.{code}", f"own coding {words}", own),
                spells(f"wgad.both.{code}", f"both {words}", {**found, **own}),
            )

        def has_any(p: Population) -> bool:
            return any(self.is_asked(p, column) for column in ("wgad_codes", "own_codes"))

        words = "detentions with an opinion of the Working Group"
        return table_of_counts(
            self,
            "wgad",
            "Opinions of the Working Group beside own coding by category",
            column_heads("Category", wgad="Working Group", own="Own coding", both="Both"),
            lambda p: (
                [row(code) for code in codes("wgad_category") if code != "not_recorded"]
                if has_any(p)
                else []
            ),
            beside=lambda p: (
                [spells("wgad.opinions", words, recorded("wgad_symbol"))] if has_any(p) else []
            ),
            empty="drop rows",
            notes=(
                "A finding of the Working Group on Arbitrary Detention is not a researcher's "
                "coding. A detention may fall under several categories.",
            ),
        )

    release = releases.release
    release_named = releases.release_named

    def doubts(self) -> Finding:
        """Rows in which something does not fit; every one is kept and named on the machine."""
        kind = "detention_doubt"
        return table_of_counts(
            self,
            "doubts",
            "Rows in which something does not fit",
            column_heads("What", value="Detentions"),
            [
                (
                    code_cell(kind, code),
                    spells(f"doubts.{code}", label(kind, code), {"doubt_codes": code}),
                )
                for code in codes(kind)
                if code != "not_recorded"
            ],
            empty="drop rows",
            notes=("None of them was dropped; what the doubt touches is not computed.",),
        )
