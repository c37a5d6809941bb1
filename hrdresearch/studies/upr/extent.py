"""UPR: how many recommendations and pairs, how many on defenders, by cycle and session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrdresearch.findings.empty_cells import NOT_ASKED, NOT_COVERED
from hrdresearch.findings.model import Claim, Column, Drawing, Finding
from hrdresearch.studies.upr.counts import KNOWN, cell, named, source_cells, source_columns
from hrdresearch.vocab import codes, label

if TYPE_CHECKING:
    from hrdresearch.studies.upr.basis import UprStudy

LABEL = Column("label", "Source", "label")
PAIRS = "Pairs are recommendations multiplied by the States that made them."
SAME_TEXT = (
    "A recommendation is one text to one State in one session; texts that differ only in capitals, "
    "accents or punctuation are one, and a text that received two answers counts as supported in part."
)
TAGGED = {"is_source_tagged": "yes"}
SPLIT = (
    "An index such as UPR Info edits and splits texts: its pairs, and the texts told apart here, are "
    "not the United Nations' own recommendations."
)


PLEDGES = (
    "Pledges are counted in every session of the file, also where it holds no recommendation of that "
    "session: some may lie outside the period of the table."
)


def has_index(study: UprStudy) -> bool:
    """Whether a source in scope is an index, which edits what it holds."""
    return any((p.frame["position_status_code"] == "index").any() for p in study.populations)


def extent(study: UprStudy) -> Finding:
    """Recommendations and pairs of each source, those on defenders, and pledges."""
    claims: list[Claim] = []
    rows = []
    for p in study.populations:
        every, ours = study.everything(p), study.on_defenders_of(p)
        texts, pairs = every.texts, every.pairs
        cells = [
            texts.count("extent.recommendations", "told apart by State, session and text"),
            ours.texts.count("hrd.recommendations", "explicitly on human rights defenders"),
            texts.count("hrd.implicit", "implicitly on defenders: civil society space, "
                        "journalists, reprisals", {"concern_code": "implicit"}),
            pairs.count("extent.pairs", "one a recommendation and recommending State"),
            ours.pairs.count("hrd.pairs", "explicitly on human rights defenders"),
        ]  # fmt: skip
        ours.texts.share("hrd.share", cells[1], cells[0], "recommendations on defenders, in per "
                         "cent of all recommendations")  # fmt: skip
        reviews = texts.reviews("extent.reviews", "that the source holds")
        raised = ours.texts.reviews("hrd.reviews", "with a recommendation on defenders")
        texts.share("hrd.reviews.share", raised, reviews, "reviews with a recommendation on "
                    "defenders, in per cent of all reviews")  # fmt: skip
        pairs.count("extent.states_under_review", "States under review", unit="state",
                    column="state_iso3")  # fmt: skip
        pairs.count("extent.sessions", "sessions of the Working Group", unit="session",
                    column="session")  # fmt: skip
        ours.pairs.count("hrd.states_under_review", "States under review that received one on "
                         "defenders", unit="state", column="state_iso3")  # fmt: skip
        ours.pairs.count("hrd.recommending_states", "States that made one on defenders",
                         unit="state", column="recommending_iso3")  # fmt: skip
        pledges = study.pledges(p)
        every_pledge = study.build.table("pledges")["source"]
        told = named(NOT_ASKED)
        if (every_pledge == p.slug).any():
            told = cell(pledges.count("extent.pledges", "which nobody recommended, apart"))
            later = set(pledges.frame["session"].dropna()) - set(study.held(p)["session"].dropna())
            pledges.count("extent.pledges.other_sessions", "in sessions of which the source holds no "
                          "recommendation", {"session": sorted(map(int, later))})  # fmt: skip
        rows.append([named(p.title), cell(reviews), *map(cell, cells), told])
        claims += [*every.claims, *ours.claims, *pledges.claims]
    columns = [
        LABEL, Column("reviews", "Reviews"), Column("recommendations", "Recommendations"),
        Column("hrd_recommendations", "explicitly on defenders"), Column("implicit", "implicitly"),
        Column("pairs", "Pairs"), Column("hrd_pairs", "explicitly on defenders"),
        Column("pledges", "Voluntary pledges"),
    ]  # fmt: skip
    return study.finding(
        "extent", "Recommendations, recommendation-State pairs and pledges by source", columns, rows,
        claims, unit="recommendations; pairs",
        notes=(PAIRS, SAME_TEXT, *([SPLIT] if has_index(study) else []),
               *([PLEDGES] if any(c.value and "other_sessions" in c.name for c in claims) else [])),
    )  # fmt: skip


def by_cycle(study: UprStudy) -> Finding:
    """Share of all recommendations that are on defenders, and pairs beside, a cycle each."""
    claims, rows = [], []
    for p in study.populations:
        every, ours = study.everything(p), study.on_defenders_of(p)
        for cycle in sorted(p.frame["cycle"].dropna().unique()):
            where, stem = {"cycle": int(cycle)}, f"by_cycle.{cycle}"
            texts = every.texts.count(f"{stem}.recommendations", f"in cycle {cycle}", where)
            on = ours.texts.count(f"{stem}.hrd_recommendations", f"on defenders in cycle {cycle}",
                                  where)  # fmt: skip
            part = ours.texts.share(f"{stem}.hrd_share", on, texts, f"on defenders, in per cent of "
                                    f"all recommendations of cycle {cycle}", decimals=1)  # fmt: skip
            pairs = every.pairs.count(f"{stem}.pairs", f"in cycle {cycle}", where)
            on_pairs = ours.pairs.count(
                f"{stem}.hrd_pairs", f"on defenders in cycle {cycle}", where
            )
            supported, _ = every.supported(f"{stem}.all", where, f"all, cycle {cycle}")
            own, _ = ours.supported(f"{stem}.hrd", where, f"on defenders, cycle {cycle}")
            label_ = str(cycle) if study.only_list else f"{p.title}, cycle {cycle}"
            rows.append([
                named(label_), *map(cell, (texts, on, part)), supported, own,
                *map(cell, (pairs, on_pairs)),
            ])  # fmt: skip
        claims += [*every.claims, *ours.claims]
    columns = [
        Column("cycle", "Cycle", "label"),
        Column("recommendations", "Recom. all"), Column("hrd", "on defenders"),
        Column("share", "per cent"), Column("supported", "Supp. all"),
        Column("hrd_supported", "on defenders"), Column("pairs", "Pairs all"),
        Column("hrd_pairs", "on defenders"),
    ]  # fmt: skip
    return study.finding(
        "by_cycle", "Recommendations on defenders by cycle", columns, rows, claims,
        unit="recommendations; pairs",
        notes=("A cycle that the source does not hold whole is not comparable with one that it does.",
               f"Supp.: per cent supported. {KNOWN}"),
    )  # fmt: skip


def by_session(study: UprStudy) -> Finding:
    """Recommendations on defenders by session; a session that a source does not hold is no zero."""
    claims, rows, columns = [], [], [Column("label", "Session", "label")]
    made = {}
    for p in study.populations:
        ours = study.on_defenders_of(p)
        held = sorted(int(s) for s in study.held(p)["session"].dropna().unique())
        made[p.slug] = {
            s: ours.count(f"by_session.{s}", f"on defenders, session {s}", {"session": s})
            for s in held
        }
        claims += ours.claims
        columns.append(Column(p.slug, "Recommendations" if study.only_list else p.title))
    if study.only_list:
        columns.append(Column("pairs", "Pairs"))
    for session in sorted({s for m in made.values() for s in m}):
        row = [named(str(session))]
        for p in study.populations:
            told = made[p.slug].get(session)
            row += (
                [cell(c) for c in told[: 2 if study.only_list else 1]]
                if told
                else [named(NOT_COVERED)]
            )
        rows.append(row)
    return study.finding(
        "by_session", "Recommendations on defenders by session of the Working Group", columns, rows,
        claims, unit="recommendations",
        drawing=Drawing("columns" if len(rows) > 1 else "table", "label",
                        tuple(p.slug for p in study.populations), panels=study.only_list is None),
        notes=("Which States are reviewed differs from session to session; a difference between "
               "sessions is no trend.",),
    )  # fmt: skip


def index(study: UprStudy) -> Finding:
    """What the source's own index tags, by position and by the source's action category."""
    claims, rows = [], []
    for p in study.populations:
        if (p.frame["is_source_tagged"] == "not_asked").all():
            continue
        every = study.everything(p)
        every.texts.reviews("hrd.source_tagged.reviews", "with one so tagged", TAGGED)
        every.texts.count("hrd.source_tagged.states", "so tagged: States under review", TAGGED,
                          unit="state", column="state_iso3")  # fmt: skip
        for code in ("", *codes("upr_action")[:5]):
            # Names of numbers in pairs: source_tagged, source_accepted, source_noted, source_category
            whole = f"hrd.source_category.{code}" if code else "hrd.source_tagged"
            names = (whole, *(f"{whole}.{said}" if code else f"hrd.source_{said}"
                              for said in ("accepted", "noted")))  # fmt: skip
            where = TAGGED | ({"source_action_code": code} if code else {})
            said = f", category {code} ({label('upr_action', code)}) by the source" if code else ""
            told = [
                every.count(names[0], f"tagged Human rights defenders by the source{said}", where),
                every.count(names[1], f"so tagged and accepted{said}",
                            where | {"response_code": "supported"}),
                every.count(names[2], f"so tagged and noted{said}",
                            where | {"response_code": "noted"}),
            ]  # fmt: skip
            both = every.texts.count(f"{whole}.in_part.recommendations", f"so tagged, with two "
                                     f"answers{said}", where | {"response_code": "mixed"})  # fmt: skip
            part = every.texts.share(f"{whole}.recommendations.share", told[1][0], told[0][0],
                                     f"so tagged{said}: accepted, in per cent")  # fmt: skip
            title = f"{code}. {label('upr_action', code)}" if code else "All that are tagged"
            rows.append([
                *source_cells(study, p.title), named(title), *(cell(texts) for texts, _ in told),
                cell(both), cell(part), *(cell(pairs) for _, pairs in told),
            ])  # fmt: skip
        claims += every.claims
    columns = [
        *source_columns(study), Column("label", "Action category by the source", "label"),
        Column("tagged", "Recom. tagged"), Column("accepted", "accepted"), Column("noted", "noted"),
        Column("both", "two answers"), Column("share", "per cent accepted"), Column("pairs", "Pairs tagged"),
        Column("pairs_accepted", "accepted"), Column("pairs_noted", "noted"),
    ]  # fmt: skip
    return study.finding(
        "index", "What the source's own index tags Human rights defenders", columns, rows, claims,
        unit="recommendations; pairs",
        notes=("The index and the coding of this report are two readings; the annex on "
               "the quality of the coding says how far they agree.", SPLIT),
    )  # fmt: skip
