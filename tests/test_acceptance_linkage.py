"""Links against published truth: RLdata, and the aliases of the Argentine register."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.linkage.carried import carry_decisions_over, match_rows_of_editions
from hrdresearch.linkage.editions import compare_editions
from hrdresearch.linkage.persons import (
    Links,
    LinkSettings,
    link_same_persons,
    nearest_rows,
    threshold_curve,
)
from hrdresearch.linkage.persons.quality import label_pairs
from hrdresearch.names.row_keys import row_keys
from hrdresearch.sources import load
from hrdresearch.stats.calibration import measure_calibration

pytestmark = pytest.mark.real

Find = Callable[[str], Path]
DUPLICATES = LinkSettings(holds_duplicates=frozenset({"rldata"}))
NAMES = ["fname_c1", "fname_c2", "lname_c1", "lname_c2"]


def rldata(find: Find, size: int) -> tuple[pd.DataFrame, pd.Series]:
    """Names and days of birth, and the identity, which the linkage never sees."""
    rows = pd.read_csv(find(f"rldata/RLdata{size}_RLdata{size}.csv"))
    names = rows[NAMES].fillna("").agg(" ".join, axis=1)
    days = rows["by"].map("{:04d}".format) + rows["bm"].map("-{:02d}".format)
    frame = pd.DataFrame(
        {"name_as_published": names, "birth_date": days + rows["bd"].map("-{:02d}".format)}
    )
    return frame, pd.read_csv(find(f"rldata/RLdata{size}_identity.RLdata{size}.csv")).iloc[:, 0]


def f1_of_clusters(links: Links, identity: pd.Series) -> float:
    """Pairwise F1 of the clusters: all pairs within a cluster against all pairs of one person."""
    own = links.clusters.assign(person=identity.loc[links.clusters["row"].astype(int)].to_numpy())

    def pairs(*by: str) -> int:
        sizes = own.groupby(list(by)).size()
        return int((sizes * (sizes - 1) // 2).sum())

    return 2 * pairs("cluster", "person") / (pairs("cluster") + pairs("person"))


@pytest.mark.parametrize(("size", "least"), [(500, 0.97), (10_000, 0.96)])
def test_rldata_is_linked_without_its_identities(real_data: Find, size: int, least: float) -> None:
    frame, identity = rldata(real_data, size)
    began = time.process_time()
    links = link_same_persons({"rldata": frame}, DUPLICATES)

    assert time.process_time() - began < 20
    curve = threshold_curve(links, {"rldata": identity}).set_index("threshold")
    assert curve.loc[0.5, "f1"] >= least
    assert f1_of_clusters(links, identity) >= least - 0.005
    calibration = measure_calibration(
        links.pairs["probability"].to_numpy(), label_pairs(links, {"rldata": identity}).to_numpy()
    )
    assert calibration.mean_distance < 0.1
    print(size, curve.round(3).to_string(), calibration, sep="\n")
    print("clusters", round(f1_of_clusters(links, identity), 4), "pairs compared", links.compared)


def argentine_lists(find: Find) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.Series]:
    """Owners of aliases by the register's own name, and by the alias itself; the register; the owners.

    Both have the mother's family name, and the year of birth of the owner's own row of the register: the
    file of aliases holds none. So neither asks whether a year that another source gives is the same.
    """
    folder = find("ar_presentes")
    register = pd.concat(
        pd.read_csv(folder / f"victimas_accionar_represivo_ilegal{part}.csv", dtype=str)
        for part in ("", "_sin_denuncia_formal")
    ).set_index("id_unico_ruvte")
    aliases = pd.read_csv(folder / "apodos.csv", dtype=str)
    born = register["anio_nacimiento"].where(register["anio_nacimiento"].str.fullmatch(r"\d{4}"))
    owner = aliases["id_unico_ruvte"]

    def named(names: pd.Series, mothers: pd.Series, years: pd.Series) -> pd.DataFrame:
        both = names.fillna("") + " " + mothers.fillna("")
        return pd.DataFrame({"name_as_published": both, "birth_date": years})

    listed = named(register["apellido_paterno_nombres"], register["apellido_materno"], born)
    by_name, by_alias = (
        named(aliases[column], aliases["apellido_materno"], owner.map(born))
        for column in ("nombre", "apodo")
    )
    return by_name, by_alias, listed, owner


def share_found(asked: pd.DataFrame, register: pd.DataFrame, owner: pd.Series) -> float:
    """Share of asked rows whose owner is among the first five candidates."""
    near = nearest_rows(asked, register, most=5)
    hits = near["row"] == owner.loc[near["asked"].astype(int)].to_numpy()
    return float(near.loc[hits, "asked"].nunique() / len(asked))


def test_the_registers_own_name_of_an_owner_is_found_again(real_data: Find) -> None:
    by_name, _, register, owner = argentine_lists(real_data)

    assert share_found(by_name, register, owner) >= 0.99


def test_an_alias_itself_finds_its_owner_in_four_of_five_cases(real_data: Find) -> None:
    _, by_alias, register, owner = argentine_lists(real_data)

    found = share_found(by_alias, register, owner)

    print("by the alias itself", round(found, 3))
    assert 0.8 <= found < 0.9, (
        "the criterion of 0.9 is not met by aliases alone; say so if it changes"
    )


LAYOUTS = {
    2017: "cpj_killed_2017_legacy/cpj-database.csv",
    2020: "cpj_killed_2020_wide/media_deaths.csv",
    2025: "cpj_macroman_cr/my_data_converted.csv",
}


@pytest.mark.parametrize(("before", "after"), [(2017, 2020), (2020, 2025)])
def test_what_changed_between_two_editions_of_one_list_adds_up(
    real_data: Find, before: int, after: int
) -> None:
    older, newer = (
        load("cpj", real_data(LAYOUTS[year])).accepted.set_index("source_row")
        for year in (before, after)
    )
    found = compare_editions(older, newer)
    assert len(found.same) >= 0.98 * len(older)
    assert len(found.same) + len(found.removed) == len(older)
    assert len(found.same) + len(found.added) == len(newer)
    totals = found.totals
    made = totals["older"] + totals["added"] - totals["removed"]
    made += totals["moved_in"] - totals["moved_out"]
    assert made.tolist() == totals["newer"].tolist()
    assert set(found.reclassified["column"]) >= {"death_type_code"}


@pytest.mark.parametrize(("before", "after"), [(2017, 2020), (2020, 2025)])
def test_decisions_follow_their_rows_into_the_next_edition(
    real_data: Find, before: int, after: int
) -> None:
    older, newer = (load("cpj", real_data(LAYOUTS[year])).accepted for year in (before, after))
    keys = [row_keys(rows) for rows in (older, newer)]
    kept = set(keys[0]) & set(keys[1])
    moved = match_rows_of_editions(
        *(rows.set_axis(key) for rows, key in zip((older, newer), keys, strict=True))
    )
    said = pd.DataFrame(
        {"left_key": keys[0], "right_key": "b:1", "decision": "different", "by": "desk-4"}
    ).assign(why="", at="2026-01-02")

    found = carry_decisions_over(said, moved, {*keys[1], "b:1"})

    print(before, after, len(older), "keys kept", len(kept), "decisions moved", len(found) // 2)
    assert len(found) // 2 + len(kept) >= 0.98 * len(older)
