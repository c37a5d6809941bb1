"""States over time and region schemes."""

import datetime as dt
import subprocess
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from babel import Locale
from babel.core import get_global

from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.regions import RegionSchemeError, region_scheme
from hrdresearch.vocab.states import (
    all_codes,
    alphabetical_key,
    is_member,
    m49,
    note_on_state_name,
    short_name,
    to_iso3,
)

MEMBERS = [iso3 for iso3 in all_codes() if is_member(iso3)]


def test_there_are_193_members_and_each_has_a_number() -> None:
    assert len(MEMBERS) == 193
    assert len({m49(iso3) for iso3 in MEMBERS} - {None}) == 193


def test_electoral_groups_part_the_members() -> None:
    of = region_scheme("un-groups").of
    assert Counter(of[iso3] for iso3 in MEMBERS) == {
        "african": 54,
        "asia_pacific": 54,
        "eastern_european": 23,
        "grulac": 33,
        "weog": 29,
    }


def test_report_regions_hold_every_member_and_area() -> None:
    scheme = region_scheme("report")
    assert set(scheme.of) == set(all_codes())
    assert set(scheme.of.values()) == set(scheme.labels)
    assert [scheme.of[i] for i in ("TUR", "ISR", "IRN", "KAZ", "SDN")] == [
        "europe_and_central_asia",
        "middle_east_and_north_africa",
        "middle_east_and_north_africa",
        "europe_and_central_asia",
        "africa",
    ]


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Swaziland", "SWZ"),
        ("Macedonia", "MKD"),
        ("Czech Republic", "CZE"),
        ("USA", "USA"),
        ("Bosnia", "BIH"),
        ("Zaire", "COD"),
        ("Democratic Republic of Congo", "COD"),
        ("Republic of the Congo", "COG"),
        ("Korea, Republic of", "KOR"),
        ("Brasil", "BRA"),
        ("Côte d’Ivoire", "CIV"),
        ("Costa de Marfil", "CIV"),
        ("col", "COL"),
        ("Guinea-Bissau", "GNB"),
        ("Israel and the Occupied Palestinian Territory", "XIP"),
        ("Occupied Palestinian Territory", "PSE"),
        ("RDC", "COD"),
        ("R.D. Congo", "COD"),
        ("RCA", "CAF"),
        ("EAU", "ARE"),
        ("EE.UU.", "USA"),
        ("ЮАР", "ZAF"),
        ("КР", "KGZ"),
        ("KR", None),
        ("RU", None),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_names_lead_to_codes(name: str, iso3: str | None) -> None:
    assert to_iso3(name) == iso3


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_every_member_is_known_by_its_name_in_each_official_language(language: str) -> None:
    names, codes = Locale.parse(language).territories, get_global("territory_aliases")
    assert [iso3 for iso3 in MEMBERS if to_iso3(names[codes[iso3][0]]) != iso3] == []


def test_the_names_of_states_are_those_that_the_script_writes(tmp_path: Path) -> None:
    script = Path(__file__).resolve().parents[1] / "scripts" / "make_state_names.py"
    subprocess.run([sys.executable, str(script), str(tmp_path / "made.yml")], check=True)
    made = (tmp_path / "made.yml").read_text(encoding="utf-8")
    assert (
        made.partition("names:")[2]
        == (files("hrdresearch.vocab") / "state_names.yml")
        .read_text(encoding="utf-8")
        .partition("names:")[2]
    )


def test_no_name_in_another_language_means_two_states() -> None:
    listed = vocabulary("state_names")["names"]
    assert {
        iso3 for iso3, names in listed.items() for n in names.values() if to_iso3(n) != iso3
    } == set()


@pytest.mark.parametrize(("name", "iso3"), [("عمان", "OMN"), ("Королевство Дания", None)])
def test_vowel_signs_make_no_difference_and_no_name_is_guessed(name: str, iso3: str | None) -> None:
    assert to_iso3(name) == iso3


@pytest.mark.parametrize(
    ("name", "day", "iso3"),
    [
        ("Yugoslavia", dt.date(1991, 7, 1), "YUG"),
        ("Yugoslavia", dt.date(1999, 5, 1), "YUG"),
        ("Yugoslavia", dt.date(2010, 1, 1), None),
        ("Yugoslavia", None, "YUG"),
        ("USSR", dt.date(1990, 1, 1), "SUN"),
        ("Soviet Union", dt.date(2020, 1, 1), None),
        ("Serbia and Montenegro", dt.date(2004, 1, 1), "SCG"),
        ("Serbia and Montenegro", dt.date(1999, 1, 1), None),
        ("Serbia", dt.date(1999, 5, 1), "SRB"),
    ],
)
def test_a_dissolved_state_stays_itself_in_its_days(
    name: str, day: dt.date | None, iso3: str | None
) -> None:
    assert to_iso3(name, day) == iso3


def test_kosovo_and_the_joint_name_carry_their_notes() -> None:
    assert "resolution 1244 (1999)" in note_on_state_name("Kosovo")
    assert "given to neither" in note_on_state_name(short_name("XIP"))
    assert note_on_state_name("Brazil") == ""


def test_an_accent_does_not_move_a_state_in_the_alphabet() -> None:
    states = ["HRV", "TKM", "CIV", "TUR", "CRI", "TUN"]
    assert sorted(states, key=alphabetical_key) == ["CRI", "CIV", "HRV", "TUN", "TUR", "TKM"]


def test_every_name_leads_back_to_its_code() -> None:
    assert all(to_iso3(short_name(iso3)) == iso3 for iso3 in all_codes())


def scheme_file(folder: Path, change: dict[str, str] | None = None, extra: str = "") -> Path:
    regions = {iso3: "North" if n % 2 else "South" for n, iso3 in enumerate(MEMBERS)}
    regions.update(change or {})
    lines = [f"{iso3},{region}" for iso3, region in regions.items() if region]
    path = folder / "mine.csv"
    path.write_text("state,region\n" + "\n".join(lines) + "\n" + extra, encoding="utf-8")
    return path


def test_a_scheme_of_ones_own_is_read(tmp_path: Path) -> None:
    scheme = region_scheme(scheme_file(tmp_path))
    assert scheme.labels == {"south": "South", "north": "North"}
    assert len(scheme.of) == 193


def test_a_scheme_that_misses_a_state_says_which(tmp_path: Path) -> None:
    with pytest.raises(RegionSchemeError, match=r"lists 192 States.*1 missing: Zimbabwe"):
        region_scheme(scheme_file(tmp_path, {"ZWE": ""}))


def test_a_scheme_with_a_state_in_two_regions_says_which(tmp_path: Path) -> None:
    path = scheme_file(tmp_path, extra="Brazil,East\n")
    with pytest.raises(RegionSchemeError, match=r"lists 194 .*Brazil in (North|South) and East"):
        region_scheme(path)


def test_a_scheme_with_201_names_says_what_is_wrong(tmp_path: Path) -> None:
    extra = "".join(f"{iso3},Other\n" for iso3 in MEMBERS[:7]) + "Atlantis,Other\n"
    with pytest.raises(RegionSchemeError, match=r"lists 201 .*1 not known.*7 in more than one"):
        region_scheme(scheme_file(tmp_path, extra=extra))


def test_yaml_regions_are_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(
        "title: Mine\nregions:\n  All of it: [" + ", ".join(f"'{i}'" for i in MEMBERS) + "]\n"
    )
    assert region_scheme(path).labels == {"all_of_it": "All of it"}


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "", "state,region"])
def test_a_table_without_the_columns_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(content)
    with pytest.raises(RegionSchemeError, match="columns"):
        region_scheme(path)


def test_an_unknown_scheme_is_refused_with_those_there_are() -> None:
    with pytest.raises(RegionSchemeError, match="report, un-groups"):
        region_scheme("continents")


@pytest.mark.real
def test_the_wrong_regional_groups_are_refused(real_data) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RegionSchemeError, match="4 in more than one region: Armenia"):
        region_scheme(real_data("un_regional_groups"))
