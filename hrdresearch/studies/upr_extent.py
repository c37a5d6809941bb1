"""UPR: how many recommendations and pairs, how many on defenders, by cycle and session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.studies.upr_counts import cell, named
from hrdresearch.vocab import codes, label

if TYPE_CHECKING:
    from hrdresearch.studies.upr import Upr

LABEL = Column("label", "Source", "label")
PAIRS = "Pairs are recommendations multiplied by the States that made them."
SPLIT = (
    "An index such as UPR Info edits and splits texts: its pairs, and the texts told apart here, are "
    "not the United Nations' own recommendations."
)


def has_index(study: Upr) -> bool:
    """Whether a source in scope is an index, which edits what it holds."""
    return any((p.frame["position_status_code"] == "index").any() for p in study.populations)


def extent(study: Upr) -> Finding:
    """Pairs and recommendations of each source, and those on defenders."""
    claims: list[Claim] = []
    rows = []
    for p in study.populations:
        pairs, ours = study.all_pairs(p), study.defender_pairs(p)
        texts, our_texts = study.all_recommendations(p), study.defender_recommendations(p)
        cells = [
            texts.count("extent.recommendations", "told apart by State, session and text"),
            pairs.count("extent.pairs", "one a recommendation and recommending State"),
            our_texts.count("hrd.recommendations", "explicitly on human rights defenders"),
            ours.count("hrd.pairs", "explicitly on human rights defenders"),
        ]
        texts.count("hrd.implicit", "implicitly on defenders: civil society space, journalists, "
                    "reprisals", {"concern_code": "implicit"})  # fmt: skip
        our_texts.share("hrd.share", cells[2], cells[0], "recommendations on defenders, in per "
                        "cent of all recommendations")  # fmt: skip
        pairs.count("extent.states_under_review", "States under review", unit="state",
                    column="state_iso3")  # fmt: skip
        pairs.count("extent.sessions", "sessions of the Working Group", unit="session",
                    column="session")  # fmt: skip
        ours.count("hrd.states_under_review", "States under review that received one on "
                   "defenders", unit="state", column="state_iso3")  # fmt: skip
        ours.count("hrd.recommending_states", "States that made one on defenders", unit="state",
                   column="recommending_iso3")  # fmt: skip
        pledges = study.pledges(p)
        pledges.count("extent.pledges", "which nobody recommended, apart")
        rows.append([named(p.title), *map(cell, cells)])
        for made in (pairs, ours, texts, our_texts, pledges):
            claims += made.claims
    columns = [
        LABEL, Column("recommendations", "Recommendations"), Column("pairs", "Pairs"),
        Column("hrd_recommendations", "On defenders: recommendations"),
        Column("hrd_pairs", "On defenders: pairs"),
    ]  # fmt: skip
    return study.finding(
        "extent", "Recommendations and recommendation-State pairs by source", columns, rows,
        claims, unit="recommendations; pairs", notes=(PAIRS, *([SPLIT] if has_index(study) else [])),
    )  # fmt: skip


def by_cycle(study: Upr) -> Finding:
    """Share of all recommendations that are on defenders, and of pairs, a cycle each."""
    claims, rows = [], []
    for p in study.populations:
        pairs, ours = study.all_pairs(p), study.defender_pairs(p)
        texts, our_texts = study.all_recommendations(p), study.defender_recommendations(p)
        for cycle in sorted(p.frame["cycle"].dropna().unique()):
            where, stem = {"cycle": int(cycle)}, f"by_cycle.{cycle}"
            every = texts.count(f"{stem}.recommendations", f"in cycle {cycle}", where)
            on = our_texts.count(f"{stem}.hrd_recommendations", f"on defenders in cycle {cycle}",
                                 where)  # fmt: skip
            part = our_texts.share(f"{stem}.hrd_share", on, every, f"on defenders, in per cent of "
                                   f"all recommendations of cycle {cycle}", decimals=1)  # fmt: skip
            all_pairs = pairs.count(f"{stem}.pairs", f"in cycle {cycle}", where)
            on_pairs = ours.count(f"{stem}.hrd_pairs", f"on defenders in cycle {cycle}", where)
            supported, _ = pairs.supported(f"{stem}.all", where, f"all pairs of cycle {cycle}")
            own, _ = ours.supported(f"{stem}.hrd", where, f"pairs on defenders, cycle {cycle}")
            label_ = str(cycle) if study.one else f"{p.title}, cycle {cycle}"
            rows.append([
                Cell(text=label_),
                *map(cell, (every, on, part, all_pairs, on_pairs, supported, own)),
            ])  # fmt: skip
        for made in (pairs, ours, texts, our_texts):
            claims += made.claims
    columns = [
        Column("cycle", "Cycle", "label"),
        Column("recommendations", "Recom. all"), Column("hrd", "on defenders"),
        Column("share", "per cent"), Column("pairs", "Pairs all"),
        Column("hrd_pairs", "on defenders"), Column("supported", "Supp. all"),
        Column("hrd_supported", "on defenders"),
    ]  # fmt: skip
    return study.finding(
        "by_cycle", "Recommendations on defenders by cycle", columns, rows, claims,
        unit="recommendations; pairs",
        notes=("Supp.: supported, in per cent of pairs with a known position. A cycle that the "
               "source does not hold whole is not comparable with one that it does.",),
    )  # fmt: skip


def by_session(study: Upr) -> Finding:
    """Pairs on defenders by session; sessions without one in the period are zero."""
    claims, rows, columns = [], [], [Column("label", "Session", "label")]
    made = {}
    for p in study.populations:
        ours = study.defender_pairs(p)
        held = sorted(int(s) for s in p.frame["session"].dropna().unique())
        made[p.slug] = {
            s: ours.count(f"by_session.{s}", f"on defenders, session {s}", {"session": s})
            for s in held
        }
        claims += ours.claims
        columns.append(Column(p.slug, "Pairs on defenders" if study.one else p.title))
    for session in sorted({s for m in made.values() for s in m}):
        rows.append([
            Cell(text=str(session)),
            *(cell(made[p.slug][session]) if session in made[p.slug] else Cell(text="not held")
              for p in study.populations),
        ])  # fmt: skip
    return study.finding(
        "by_session", "Pairs on defenders by session of the Working Group", columns, rows, claims,
        unit="pairs",
        drawing=Drawing("columns" if len(rows) > 1 else "table", "label",
                        tuple(c.key for c in columns[1:]), panels=study.one is None),
        notes=("Which States are reviewed differs from session to session; a difference between "
               "sessions is no trend.",),
    )  # fmt: skip


def index(study: Upr) -> Finding:
    """What the source's own index tags, by position and by the source's action category."""
    claims, rows = [], []
    tagged = {"is_source_tagged": "yes"}
    for p in study.populations:
        if (p.frame["is_source_tagged"] == "not_asked").all():
            continue
        pairs = study.all_pairs(p)
        cells = [
            pairs.count("hrd.source_tagged", "tagged Human rights defenders by the source", tagged),
            pairs.count("hrd.source_accepted", "so tagged and accepted",
                        {**tagged, "response_code": "supported"}),
            pairs.count("hrd.source_noted", "so tagged and noted",
                        {**tagged, "response_code": "noted"}),
        ]  # fmt: skip
        for code in codes("upr_action")[:5]:
            cells.append(pairs.count(
                f"hrd.source_category.{code}",
                f"so tagged, category {code} ({label('upr_action', code)}) by the source",
                {**tagged, "source_action_code": code},
            ))  # fmt: skip
        rows.append([named(p.title), *map(cell, cells)])
        claims += pairs.claims
    columns = [LABEL, Column("tagged", "Tagged"), Column("accepted", "Accepted"),
               Column("noted", "Noted"),
               *(Column(f"c{c}", f"Cat. {c}") for c in codes("upr_action")[:5])]  # fmt: skip
    return study.finding(
        "index", "Pairs that the source's own index tags Human rights defenders", columns, rows,
        claims, unit="pairs",
        notes=("The index and the coding of this report are two readings; the annex on "
               "the quality of the coding says how far they agree.",),
    )  # fmt: skip
