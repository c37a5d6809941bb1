"""UPR: how many recommendations and pairs, how many on defenders, by cycle and session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.findings.numbers import in_table
from hrdresearch.studies.upr_counts import cell, named
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import short_name

if TYPE_CHECKING:
    from hrdresearch.studies.upr import Upr

LABEL = Column("label", "Source", "label")
SPLIT = (
    "Pairs are recommendations multiplied by the States that made them. An index such as UPR Info "
    "edits and splits texts: its pairs, and the texts told apart here, are not the United Nations' own "
    "recommendations."
)


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
        claims, unit="recommendations; pairs", notes=(SPLIT,),
    )  # fmt: skip


def sources_compared(study: Upr) -> Finding:
    """The same recommendation in two sources: symbol and paragraph, else text."""
    titles = {p.slug: p.title for p in study.populations}
    claims, rows = [], []
    for pair in study.build.extras("differences") or []:
        if not {pair["a"], pair["b"]} <= set(titles):
            continue
        cells = [named(f"{titles[pair['a']]} and {titles[pair['b']]}")]
        stem = f"compared.{pair['a']}.{pair['b']}".replace("-", "_")
        for key, words in (
            ("same", "recommendations that stand in both"),
            ("only_a", "in the first only, of reviews that both hold"),
            ("only_b", "in the second only, of reviews that both hold"),
            ("other_position", "in both, with another position"),
            ("other_states", "in both, with other recommending States"),
            ("other_wording", "in both, with another wording"),
        ):
            value = int(pair[key])
            claim = Claim(
                name=f"{stem}.{key}", value=value, unit="recommendation", rows=value,
                text=in_table(value, "recommendation"), measure="compared",
                definition=f"{titles[pair['a']]} and {titles[pair['b']]}: {words}",
                table="recommendations", sources=(pair["a"], pair["b"]),
            )  # fmt: skip
            claims.append(claim)
            cells.append(cell(claim))
        rows.append(cells)
    columns = [
        Column("label", "Sources", "label"), Column("same", "In both"),
        Column("only_a", "First only"), Column("only_b", "Second only"),
        Column("other_position", "Other position"), Column("other_states", "Other States"),
        Column("other_wording", "Other wording"),
    ]  # fmt: skip
    return study.finding(
        "sources_compared", "The same recommendation in two sources", columns, rows, claims,
        unit="recommendations",
        notes=("Recognized by symbol and paragraph, else by the text, whatever the scope of the "
               "report. Sources are never added.",),
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
                                   f"all recommendations of cycle {cycle}")  # fmt: skip
            all_pairs = pairs.count(f"{stem}.pairs", f"in cycle {cycle}", where)
            on_pairs = ours.count(f"{stem}.hrd_pairs", f"on defenders in cycle {cycle}", where)
            supported, _ = pairs.supported(f"{stem}.all", where, f"all pairs of cycle {cycle}")
            own, _ = ours.supported(f"{stem}.hrd", where, f"pairs on defenders, cycle {cycle}")
            first = [named(p.title)] if study.one is None else []
            rows.append([
                *first, Cell(text=f"Cycle {cycle}"),
                *map(cell, (every, on, part, all_pairs, on_pairs, supported, own)),
            ])  # fmt: skip
        for made in (pairs, ours, texts, our_texts):
            claims += made.claims
    columns = [
        *([LABEL] if study.one is None else []), Column("cycle", "Cycle", "label"),
        Column("recommendations", "Recom. all"), Column("hrd", "on defenders"),
        Column("share", "per cent"), Column("pairs", "Pairs all"),
        Column("hrd_pairs", "on defenders"), Column("supported", "supp. all, per cent"),
        Column("hrd_supported", "supp. defenders, per cent"),
    ]  # fmt: skip
    return study.finding(
        "by_cycle", "Recommendations on defenders by cycle", columns, rows, claims,
        unit="recommendations; pairs",
        notes=("Per cent supported is stated over pairs with a known position. A cycle that the "
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
        drawing=Drawing("columns", "label", tuple(c.key for c in columns[1:]),
                        panels=study.one is None),
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
        notes=("The index and the coding of this report are two readings; the last section says "
               "how far they agree.",),
    )  # fmt: skip


def documents(study: Upr) -> Finding:
    """What was found in each document that numbers its recommendations."""
    claims, rows = [], []
    slugs = {p.slug: p.title for p in study.populations}
    state = str(study.params.get("state") or "all")
    for i, record in enumerate(study.build.extras("documents") or [], start=1):
        if record["source"] not in slugs or state not in ("all", record["iso3"]):
            continue
        version = "" if record["is_counted"] else " (earlier version)"
        cells = [
            named(f"{short_name(record['iso3'])}{version}"),
            named(record["symbol"] or "–"),
            named(f"{record['first']}–{record['last']}"),
        ]
        for key, unit, words in (
            ("recommendations", "recommendation", "numbered recommendations"),
            ("pairs", "pair", "recommendation-State pairs"),
            ("gaps", "row", "paragraph numbers that are missing"),
            ("without_state", "recommendation", "recommendations without a known State"),
        ):
            value = int(record[key])
            claim = Claim(
                name=f"documents.{i}.{key}", value=value, unit=unit, rows=value,
                text=in_table(value, unit), measure="build", sources=(record["source"],),
                definition=f"{record['symbol'] or 'document'}, {short_name(record['iso3'])}: {words}",
                table="recommendations",
            )  # fmt: skip
            claims.append(claim)
            cells.append(cell(claim))
        rows.append(cells)
    columns = [
        Column("label", "State under review", "label"), Column("symbol", "Document", "label"),
        Column("paragraphs", "Paragraphs", "label"), Column("n", "Recom."),
        Column("pairs", "Pairs"), Column("gaps", "Gaps"), Column("nobody", "No State"),
    ]  # fmt: skip
    return study.finding(
        "documents", "What was found in each document", columns, rows, claims,
        unit="recommendations; pairs",
        notes=("Whatever the scope of the report. Of several versions of a draft the latest is "
               "counted.",),
    )  # fmt: skip
