"""Numbers of the reports on the real lists, beside a few lines of plain pandas over the raw files.

The frames and helper functions are those of ``examples/recompute`` beside the real data: code that
shares nothing with the project. Where the two differ, the difference and its reason stand in
``REASONS`` and on the page.
"""

from __future__ import annotations

import os
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hrdresearch.run.build import SourceFile, build
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.imprisonment.study import Imprisonment
from hrdresearch.studies.killings.study import Killings
from hrdresearch.studies.upr.study import Upr

pytestmark = pytest.mark.real
GW, CPJ, CPT, COL = (f"by_source.{s}" for s in ("global_witness", "cpj", "cpt", "lideres_colombia"))
KILLINGS = {
    f"{GW}.victims": "len(g)",
    f"{GW}.states": "g.country.nunique()",
    f"{GW}.by_year.2013": "N(g, y='2013')",
    f"{GW}.by_year.2020": "N(g, y='2020')",
    f"{GW}.by_state.bra": "N(g, country='Brazil')",
    f"{GW}.by_state.col": "N(g, country='Colombia')",
    f"{GW}.by_state.hnd": "N(g, country='Honduras')",
    f"{GW}.by_state.mex": "N(g, country='Mexico')",
    f"{GW}.by_state.phl": "N(g, country='Philippines')",
    f"{GW}.by_region.africa": "N(g, continent='Africa')",
    f"{GW}.by_region.americas": "N(g, continent='Americas')",
    f"{GW}.by_identity.known": "known(g, 'person_characteristics')",
    f"{GW}.by_identity.indigenous": "N(g, person_characteristics='Indigenous peoples')",
    f"{GW}.by_identity.indigenous.share": "pc(613, 1644)",
    f"{GW}.by_sex.known": "known(g, 'gender', 'Unknown')",
    f"{GW}.by_sex.female": "N(g, gender='Female')",
    f"{GW}.by_sex.female.share": "pc(183, 1728)",
    f"{GW}.by_age_group.known": "int(g.a.notna().sum())",
    f"{GW}.by_age_group.child": "int((g.a < 18).sum())",
    f"{GW}.by_age_group.not_recorded": "N(g, age='')",
    f"{GW}.by_perpetrator.known": "1733 - N(g, perpetrator_type='Unspecified')",
    f"{GW}.by_perpetrator.not_recorded": "N(g, perpetrator_type='Unspecified')",
    f"{GW}.by_perpetrator.hitmen": "N(g, perpetrator_type='Hitmen')",
    f"{GW}.by_perpetrator.hitmen.share": "pc(372, 1158)",
    f"{GW}.by_sector.known": "1733 - N(g, industry_driver=NOSEC)",
    f"{GW}.by_sector.not_confirmed": "N(g, industry_driver=NOSEC)",
    f"{GW}.by_sector.mining": "N(g, industry_driver='Mining & Extractives')",
    f"{GW}.by_sector.agribusiness": "N(g, industry_driver='Agribusiness')",
    f"{GW}.by_sector.logging": "N(g, industry_driver='Logging')",
    f"{GW}.by_sector.mining.share": "None",  # fewer than half are known: no share
    f"{CPJ}.victims": "len(k)",
    f"{CPJ}.confirmed": "len(cf)",
    f"{CPJ}.by_death_type.murder": "len(m)",
    f"{CPJ}.accountability.murders": "len(m)",
    f"{CPJ}.accountability.complete": "len(ci)",
    f"{CPJ}.accountability.complete.share": "pc(len(ci), 870)",
    f"{CPJ}.accountability.full_justice": "N(m, impunityMurder='Full Justice')",
    f"{CPJ}.accountability.full_justice.share": "pc(41, 870)",
    f"{CPJ}.accountability.partial": "N(m, impunityMurder='Partial Impunity')",
    f"{CPJ}.threats.yes": "N(m, threatened='Yes')",
    f"{CPJ}.threats.no": "N(m, threatened='No')",
    f"{CPJ}.threats.yes.share": "pc(363, 870)",
    f"{CPJ}.threats_by_group.state.dza.yes": "T30[0][1]",
    f"{CPJ}.threats_by_group.state.dza.known": "T30[0][2]",
    f"{CPJ}.threats_by_group.state.bra.yes": "T30[-1][1]",
    f"{CPJ}.threats_by_group.state.bra.known": "T30[-1][2]",
    f"{CPJ}.impunity_by_group.state.phl.complete": "N(ci, country='Philippines')",
    f"{CPJ}.impunity_by_group.state.phl.known": "N(m, country='Philippines')",
    f"{CPJ}.impunity_by_group.asked_fact.yes.complete": "N(ci, threatened='Yes')",
    f"{CPJ}.impunity_by_group.asked_fact.no.complete": "N(ci, threatened='No')",
    f"{CPJ}.impunity_by_group.asked_fact.no.complete.share": "pc(413, 507)",
    f"{CPJ}.impunity_by_group.perpetrator.criminal_group.complete": "int(has(ci, "
    "'sourcesOfFire', 'Criminal Group').sum())",
    f"{CPJ}.impunity_by_group.perpetrator.political_group.complete.share": "pc(252, 288)",
    f"{CPJ}.impunity_by_group.perpetrator.not_given.known": "len(nofire)",
    f"{CPJ}.impunity_by_group.perpetrator.not_given.complete": "N(nofire, "
    "impunityMurder='Complete Impunity')",
    f"{CPJ}.motive_link_by_group.state.col.confirmed": "N(kc, motiveConfirmed='Confirmed')",
    f"{CPT}.victims": "len(x)",
    f"{CPT}.by_defender_basis.recorded_leader": "N(x, Lideranca='Liderança')",
    f"{CPT}.by_defender_basis.recorded_leader.share": "None",  # recorded when present: no share
    f"{CPT}.first_year": "int(x.Ano.min())",
    f"{CPT}.last_year": "int(x.Ano.max())",
    f"{COL}.victims": "len(c)",
    f"{COL}.by_year.2020": "N(c, y='2020')",
    f"{COL}.by_division.col.cauca": "N(c, d='Cauca')",
    f"{COL}.by_division.col.leading": "N(c, d=('Antioquia', 'Cauca', 'Nariño', "
    "'Norte de Santander'))",
    f"{COL}.by_division.col.leading.share": "pc(229, 420)",
    f"{COL}.by_division.col.without": "len(NODEP)",
    f"{COL}.sources_per_case.year.2016.median": "float(c[c.y == '2016'].sources.median())",
    f"{COL}.sources_per_case.year.2020.median": "float(c[c.y == '2020'].sources.median())",
    f"{COL}.sources_per_case.year.2020.one": "N(c, y='2020', sources=1)",
    f"{COL}.sources_per_case.division.cauca.one": "N(c, d='Cauca', sources=1)",
    f"{COL}.sources_per_case.division.cauca.three": "int((c[c.d == 'Cauca'].sources >= 3).sum())",
    f"{COL}.documented_by.indepaz.2018": "int((c.y.eq('2018') & word(c, 'fuentes', "
    "'Indepaz')).sum())",
    f"{COL}.documented_by.indepaz.2019": "int((c.y.eq('2019') & word(c, 'fuentes', "
    "'Indepaz|Somos')).sum())",
    f"{COL}.single_source.several": "int((c.sources > 1).sum())",
    f"{COL}.single_source.sex.female.several": "int((c.genero.eq('Femenino') & (c.sources > "
    "1)).sum())",
}
CN = "cn_political_prisoners"
IMPRISONMENT = {
    "extent.prisoner_years": "len(p)",
    "extent.persons": "len(P)",
    "extent.states": "p.country.nunique()",
    "extent.censuses": "p.y.nunique()",
    "census.2000": "N(p, y=2000)",
    "census.2016": "N(p, y=2016)",
    "census.2019": "len(l)",
    "long_term.at_10.persons": "int(P.long.sum())",
    "long_term.at_10.unsentenced": "int(((P.census >= 10) & P.none).sum())",
    "long_term.last.persons": "int(l.long.sum())",
    "by_sentence_kind.not_recorded": "N(p, sentence='')",
    "last_census.persons": "len(l)",
    "last_census.states": "l.country.nunique()",
    "last_census.sentence_known": "250 - N(l, s='not recorded')",
    "last_census.not_sentenced": "N(l, s='none')",
    "last_census.not_sentenced.share": "pc(129, 249)",
    "last_census.sentenced": "int(l.term.sum())",
    "last_census.long": "int(l.long.sum())",
    "last_census.long.share": "pc(47, 120)",
    "last_census.life": "N(l, s='life')",
    "last_census.death": "N(l, s='death')",
    "last_census.female": "N(l, gender='Female')",
    "last_census.sex_known": "known(l, 'gender')",
    "last_census.no_charge": "int(word(l, 'charges', 'no charge').sum())",
    "last_census.no_charge.share": "pc(56, 250)",
    "charges_by_state.tur.national_security": "int(has(l[l.country == 'Turkey'], 'charges', "
    "'anti-state').sum())",
    "charges_by_state.egy.national_security": "int(has(l[l.country == 'Egypt'], 'charges', "
    "'anti-state').sum())",
    "charges_by_state.egy.false_news": "int(has(l[l.country == 'Egypt'], 'charges', "
    "'false news').sum())",
    "charges_by_state.eri.no_charge": "int(word(l[l.country == 'Eritrea'], 'charges', "
    "'no charge').sum())",
    "charges_by_state.sau.no_charge": "int(word(l[l.country == 'Saudi Arabia'], 'charges', "
    "'no charge').sum())",
    "by_year.lowest_year": "int(p.y.value_counts().idxmin())",
    "by_year.highest_year": "int(p.y.value_counts().idxmax())",
    "longest.persons": "int(((P.census >= 10) & P.none).sum())",
    **{
        f"longest.{iso3}.persons": f"int(((P.census >= 10) & P.none & (P.country == '{name}')).sum())"
        for iso3, name in (("eri", "Eritrea"), ("eth", "Ethiopia"), ("uzb", "Uzbekistan"))
    },
    "longest.eri.last": "N(P, country='Eritrea', last=2019)",
    "longest.eri.fewest": "int(P[(P.country == 'Eritrea') & (P['last'] == 2019)].census.min())",
    "longest.eri.most": "int(P[(P.country == 'Eritrea') & (P['last'] == 2019)].census.max())",
    "longest.eri.charged": "0",
    "death_sentences.chn.death": "1",
    "death_sentences.chn.death.last": "2008",
    "death_sentences.mrt.conflict_death": "1",
    "death_sentences.mrt.conflict_death.last": "2018",
    "last_census.charge.national_security": "int(has(l, 'charges', 'anti-state').sum())",
    "last_census.charge.national_security.share": "pc(165, 250)",
    "last_census.charge.false_news": "int(has(l, 'charges', 'false news').sum())",
    **{
        f"by_state.{iso3}": f"N(l, country='{name}')"
        for iso3, name in (
            ("chn", "China"),
            ("egy", "Egypt"),
            ("eri", "Eritrea"),
            ("sau", "Saudi Arabia"),
            ("tur", "Turkey"),
        )
    },
    "long_term.of": "len(P)",
    "release.chn.persons": "N(l[l.long], country='China')",
    "release.tur.persons": "N(l[l.long], country='Turkey')",
    "release.eri.unsentenced": "N(P, country='Eritrea', last=2019)",
    "detentions.total": "len(z)",
    "detained_by_sex.female": "N(z, Gender='female')",
    "detained_by_sentence_kind.term": "N(z, kind='date')",
    "detained_by_sentence_kind.detained": "N(z, kind='detention')",
    "detained_by_sentence_kind.life": "N(z, kind='life')",
    "detained_by_sentence_kind.not_disclosed": "N(z, kind='unknown')",
    "detained_by_sentence_kind.not_defined": "N(z, kind='death')",
    "deaths.total": "len(dead)",
    "deaths.with_end_date": "len(dd)",
    "deaths.before_end": "6",
    "end_dates.total": "N(z, kind='date')",
}
UI, UN = "by_source.upr_info", "by_source.ohchr_matrix"
GROUPS = (
    ("african", "Africa"),
    ("asia_pacific", "Asia"),
    ("eastern_european", "EEG"),
    ("grulac", "GRULAC"),
    ("weog", "WEOG"),
)
RECEIVED = (
    ("col", "Colombia"),
    ("cod", "Democratic Republic of Congo"),
    ("gtm", "Guatemala"),
    ("mex", "Mexico"),
    ("rus", "Russian Federation"),
    ("tkm", "Turkmenistan"),
    ("uzb", "Uzbekistan"),
    ("cub", "Cuba"),
)
OF_GROUP = "t[t['To-Rgrp'] == '{}'].drop_duplicates(['To', 'S', 'T'])"
UPR = {
    f"{UI}.hrd.source_tagged.recommendations": "len(r)",
    f"{UI}.hrd.source_tagged.reviews": "len(trev)",
    f"{UI}.hrd.source_tagged.reviews.share": "pc(len(trev), len(rev))",
    f"{UI}.hrd.source_tagged.states": "t.To.nunique()",
    f"{UI}.hrd.source_tagged.recommending_states": "t.From.nunique()",
    f"{UI}.hrd.source_tagged": "len(t)",
    f"{UI}.hrd.source_accepted.recommendations": "int(r.a.sum())",
    f"{UI}.hrd.source_noted.recommendations": "len(r) - int(r.a.sum())",
    f"{UI}.hrd.source_tagged.recommendations.share": "pc(int(r.a.sum()), len(r))",
    f"{UI}.hrd.source_category.5.recommendations": "N(r, cat='5')",
    f"{UI}.hrd.source_category.4.recommendations": "N(r, cat='4')",
    f"{UI}.hrd.source_category.5.accepted.recommendations": "int(r[r.cat == '5'].a.sum())",
    f"{UI}.hrd.source_category.4.accepted.recommendations": "int(r[r.cat == '4'].a.sum())",
    f"{UI}.hrd.source_category.5.of_accepted.share": "pc(int(r[r.cat == '5'].a.sum()), 347)",
    f"{UI}.hrd.source_category.5.recommendations.share": "pc(int(r[r.cat == '5'].a.sum()), 156)",
    f"{UI}.reviews": "len(rev)",
    f"{UI}.states_under_review": "rev.To.nunique()",
    f"{UI}.pairs": "len(u)",
    f"{UI}.index.word_only": "int((word(u, 'T', 'defender') & "
    "~u.Issue.str.contains('Human rights defenders', regex=False)).sum())",
    f"{UI}.by_cycle.1.tagged.recommendations": "int((r.S <= 12).sum())",
    f"{UI}.by_cycle.2.tagged.recommendations": "int((r.S > 12).sum())",
    f"{UI}.by_cycle.1.tagged.recommendations.supported": "int(r[r.S <= 12].a.sum())",
    f"{UI}.by_cycle.2.tagged.recommendations.supported": "int(r[r.S > 12].a.sum())",
    **{
        f"{UI}.receiving.{iso3}.tagged.recommendations.{key}": expression.format(name)
        for iso3, name in RECEIVED
        for key, expression in (
            ("asked", "N(r, To='{}')"),
            ("supported", "int(r[r.To == '{}'].a.sum())"),
        )
    },
    **{
        f"{UI}.groups.{code}.{key}": expression.format(OF_GROUP.format(name))
        for code, name in GROUPS
        for key, expression in (("answered", "len({})"), ("supported", "int({}.acc.sum())"))
    },
    **{f"{UI}.groups.{code}.made": f"len(t[t['From-Rgrp'] == '{name}'])" for code, name in GROUPS},
    f"{UI}.groups.weog.made.share": "pc(len(t[t['From-Rgrp'] == 'WEOG']), len(t))",
    f"{UI}.groups.made": "len(t)",
    f"{UI}.recommending.nor.tagged.reviews": "len(t[t.From == 'Norway'][['To', 'S']]"
    ".drop_duplicates())",
    f"{UI}.recommending.nor.possible": "int((rev.To != 'Norway').sum())",
    f"{UI}.recommending.can.tagged.reviews": "len(t[t.From == 'Canada'][['To', 'S']]"
    ".drop_duplicates())",
    f"{UI}.asks.read_for": "len(r)",
    f"{UI}.asks.for_reading.accountability.asked": "len(JUST)",
    f"{UI}.asks.for_reading.accountability.supported": "int(JUST.a.sum())",
    f"{UI}.asks.for_reading.invitation.asked": "len(visit)",
    f"{UI}.asks.for_reading.release.asked": "int(word(r, 'T', r'\\breleas').sum())",
    f"{UI}.asks.for_reading.release.supported": "int(r[word(r, 'T', r'\\breleas')].a.sum())",
    f"{UI}.tagged_names.journalists.asked": "int(word(r, 'T', 'journalis').sum())",
    f"{UI}.tagged_names.women.asked": "len(WOMEN)",
    f"{UI}.tagged_names.women.supported": "int(WOMEN.a.sum())",
    f"{UI}.repeats.reviewed_again": "len(again)",
    f"{UI}.repeats.received_again": "len(asked)",
    **{
        f"{UN}.apart.chn_{session}.{key}": expression.format(matrix)
        for session, matrix in ((17, "M13"), (31, "M18"))
        for key, expression in (
            ("recommendations.asked", "len({})"),
            ("recommendations.supported", "N({}, position='Supported')"),
            ("with_the_word.asked", "int(word({}, 'text', 'defender').sum())"),
            (
                "with_the_word.supported",
                "int((word({0}, 'text', 'defender') & ({0}.position == 'Supported')).sum())",
            ),
        )
    },
    "compared.upr_info.ohchr_matrix.in_a": "N(rr, To='China', S=17)",
    "compared.upr_info.ohchr_matrix.supported_a": "int(rr[(rr.To == 'China') & "
    "(rr.S == 17)].a.sum())",
    "compared.upr_info.ohchr_matrix.in_b": "len(M13)",
}
REASONS = {  # ours minus theirs, and why
    f"{GW}.by_age_group.known": (1, "one row without an age is recorded under Children"),
    f"{GW}.by_age_group.child": (1, "one row without an age is recorded under Children"),
    f"{UI}.asks.for_reading.accountability.asked": (
        -9,
        "punish and accountable are counted too, an end of prosecutions and prosecutors are not",
    ),
    f"{UI}.asks.for_reading.accountability.supported": (
        -1,
        "punish and accountable are counted too, an end of prosecutions and prosecutors are not",
    ),
    f"{UI}.asks.for_reading.invitation.asked": (2, "counted by words; 28 as a person read them"),
    f"{UI}.asks.for_reading.release.asked": (2, "pardon and amnesty are counted too"),
    f"{UI}.tagged_names.journalists.asked": (3, "media workers are counted too"),
}
Evaluate = Callable[[str], Any]


@pytest.fixture(scope="module")
def recomputed() -> Iterator[Evaluate]:
    """Evaluates an expression over the raw files, in the frames of examples/recompute."""
    data = Path(os.environ.get("HRD_DATA") or Path(__file__).parents[2] / "shared" / "data")
    script = data.parent / "examples" / "recompute" / "env.py"
    if not script.is_file():
        pytest.skip("the worked examples are not on this machine")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(script.parent)
        patch.syspath_prepend(str(script.parent))
        names = runpy.run_path(str(script))
        yield lambda expression: eval(expression, names)


def claims(study: Any, *findings: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in findings:
        made: Any = study
        for step in path.split("."):
            made = getattr(made, step)
        found |= {claim.name: claim.value for claim in made().claims}
    return found


def compared(found: dict[str, Any], wanted: dict[str, str], evaluate: Evaluate) -> dict[str, Any]:
    """Numbers that differ beyond a stated reason: name, ours, theirs."""
    different = {}
    for name, expression in wanted.items():
        theirs, ours = evaluate(expression), found[name]
        ours = int(ours + 0.5) if isinstance(ours, float) else ours
        allowed, _ = REASONS.get(name, (0, ""))
        if (ours is None) != (theirs is None) or (ours or 0) - (theirs or 0) != allowed:
            different[name] = (ours, theirs)
    return different


def test_killings_agree_with_plain_pandas(
    recomputed: Evaluate, real_data: Callable[[str], Path], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    files = {
        "global-witness": "gw_defenders/global_witness_led_22-09-22.csv",
        "cpj": "cpj_killed_imprisoned_1992_2020/OriginalData_Journalists_Killed_Imprisoned_"
        "1992_2020.csv",
        "cpt": "br_cpt/assassinatos_10y_CPT.xls",
        "lideres-colombia": "co_lideres/regions.csv",
    }
    sources = [SourceFile(slug, real_data(path)) for slug, path in files.items()]
    build("killings", sources, tmp_path / "work")
    study = Killings(current_build("killings", tmp_path / "work"), {})
    found = claims(
        study, "extent", "by_year", "by_state", "by_region", "by_identity", "by_sex",
        "by_age_group", "by_perpetrator", "by_sector", "by_death_type", "accountability",
        "threats", "threats_by_group", "impunity_by_group", "motive_link_by_group",
        "by_division", "sources_per_case", "documented_by", "single_source",
        "by_defender_basis",
    )  # fmt: skip
    assert compared(found, KILLINGS, recomputed) == {}


def test_imprisonment_agrees_with_plain_pandas(
    recomputed: Evaluate, real_data: Callable[[str], Path], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    files = {
        "cpj-census": "cpj_killed_imprisoned_1992_2020/OriginalData_Journalists_Killed_Imprisoned_"
        "1992_2020.csv",
        "political-prisoners-cn": "cn_political_prisoners/chinese-political-prisoners.csv",
    }
    sources = [SourceFile(slug, real_data(path)) for slug, path in files.items()]
    build("imprisonment", sources, tmp_path / "work")
    study = Imprisonment(current_build("imprisonment", tmp_path / "work"), {})
    found = claims(
        study, "census.extent", "census.by_year", "census.long_term", "census.release",
        "census.last_census", "census.last_charges", "census.charges_by_state", "census.by_state",
        "census.longest_unsentenced", "census.death_sentences", "census.rearrests",
        "detained.end_dates",
        "census.by_sentence_kind", "detained.extent", "detained.by_sex",
        "detained.by_sentence_kind", "detained.deaths",
    )  # fmt: skip
    assert compared(found, IMPRISONMENT, recomputed) == {}


def test_upr_agrees_with_plain_pandas(
    recomputed: Evaluate, real_data: Callable[[str], Path], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    files = {"upr-info": "upr_info_s1_20", "ohchr-matrix": "ohchr_matrices"}
    sources = [SourceFile(slug, real_data(path)) for slug, path in files.items()]
    build("upr", sources, tmp_path / "work")
    study = Upr(current_build("upr", tmp_path / "work"), {})
    found = claims(
        study, "extent", "by_cycle", "index", "receiving", "recommending", "regional_groups",
        "asks", "women", "repeats", "apart", "sources_compared",
    )  # fmt: skip
    assert compared(found, UPR, recomputed) == {}
