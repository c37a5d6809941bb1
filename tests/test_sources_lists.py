"""Each published format on a few invented rows: codes, quirks, and table ``cases`` at the end."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import yaml

from hrdresearch.linkage import find_possible_duplicates
from hrdresearch.run.steps.detentions import _exits
from hrdresearch.sources import (
    Loaded,
    get_facts,
    identify,
    list_layouts,
    list_sources,
    load,
    registry,
)
from hrdresearch.sources.errors import SourceFactsError
from hrdresearch.sources.not_living import rows_that_may_live
from hrdresearch.sources.registry import get_spec
from hrdresearch.sources.spec import read_spec
from hrdresearch.tables.cases import RESTRICTED_COLUMNS, Cases
from hrdresearch.vocab import codes

GW = (
    "id,date,name,gender,age,person_characteristics,industry_driver,perpetrator_type,"
    "continent,country,country_numeric,local_region,number_of_victims"
)
LIDERES = (
    "id,nombre,fuentes,genero,fecha,municipio,departamento,tipo_de_lider,cargo,fuentes_prensa,"
    "año,dia"
)
LEGACY = (
    "Date,Name,Sex,Country Killed,Organization,Nationality,Medium,Job,Coverage,Freelance,"
    "Local/Foreign,Source of Fire,Type of Death,Impunity (for Murder),Taken Captive,Threatened,"
    "Tortured"
)
BOTH = [
    "Year", "fullName", "gender", "type", "typeOfDeath", "status", "coverage", "country",
    "location", "sourcesOfFire", "motiveConfirmed", "impunityMurder", "threatened",
    "lengthOfSentence",
]  # fmt: skip


def write(folder: Path, text: str, name: str = "list.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def column(loaded: Loaded, name: str) -> list[object]:
    return [None if pd.isna(value) else value for value in loaded.accepted[name]]


def assert_stands_in_cases(loaded: Loaded) -> None:
    frame = loaded.accepted.drop(columns=list(RESTRICTED_COLUMNS))
    frame.insert(0, "victim_id", [f"v{n}" for n in range(len(frame))])
    Cases.validate(frame)


def test_sources_are_found_by_folder() -> None:
    slugs = [facts.slug for facts in list_sources()]
    assert {"cpj", "cpt", "global-witness", "lideres-colombia", "restricted-list"} <= set(slugs)


@pytest.mark.parametrize("slug", [facts.slug for facts in list_sources()])
def test_crosswalks_lead_to_codes_of_the_vocabularies(slug: str) -> None:
    spec = get_spec(slug)
    for vocabulary, crosswalk in spec.crosswalks.items():
        for value in crosswalk.values():
            assert set(value if isinstance(value, list) else [value]) <= set(codes(vocabulary))
    assert all(layout.columns for layout in list_layouts(slug))


FILE = r"hrdresearch/sources/global_witness/source\.yml"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("\npublisher: Global Witness", "", f"{FILE} lacks publisher"),
        ("table: cases", "table: deaths", f"{FILE}, table: deaths is none of .*cases"),
        ("    kinds: [csv, xlsx]\n", "", f"{FILE} lacks kinds under layouts: gw_table"),
        (
            "policy:\n",
            "policy:\n  smallest_cell: 5\n",
            f"{FILE}, policy: .*smallest_cell is gone; its successor is leaves",
        ),
        ("Female: female", "Female: woman", f"{FILE}, crosswalks: sex: woman is none of .*female"),
        (
            "source_reliability_code: established",
            "source_reliability_code: good",
            f"{FILE}, defaults: source_reliability_code: good is none of established, known, untested",
        ),
        (
            "  identity:\n",
            "  identities:\n",
            f"{FILE}, crosswalks: identities: No vocabulary .*identity",
        ),
        ("Unknown: unknown", "Yes: unknown", f"{FILE}, crosswalks: sex: .* between quotes"),
        (
            "sex_code, age_years",
            "sex, age_years",
            f"{FILE}, asked: sex is none of event_day, .*sex_code",
        ),
        ("uses:\n  cpt: >-", "uses: >-", f"{FILE}, uses: it takes slugs of sources"),
        ("{years: {from: 2012}}", "{states: [KENYA]}", f"{FILE}, covers: states: KENYA is none of"),
        ("cause_codes: land", "cause_code: land", f"{FILE}, defaults: cause_code is none of"),
    ],
)
def test_what_is_wrong_in_source_yml_is_told_by_file_and_key(
    before: str, after: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (files("hrdresearch.sources.global_witness") / "source.yml").read_text("utf-8")
    assert before in text
    changed = yaml.safe_load(text.replace(before, after))
    monkeypatch.setattr("hrdresearch.sources.spec.parse_yaml", lambda _: changed)

    with pytest.raises(SourceFactsError, match=told):
        read_spec("hrdresearch.sources.global_witness")


@pytest.mark.parametrize(
    ("grade", "allowed"),
    [
        ("source_reliability_code", "established, known, untested"),
        ("source_independence_code", "own_documentation, mixed, compilation"),
    ],
)
def test_a_source_without_a_grade_says_which_it_can_have(
    grade: str, allowed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = get_spec("global-witness")
    left = {column: code for column, code in spec.defaults.items() if column != grade}
    monkeypatch.setitem(registry._package_specs(), "global-witness", replace(spec, defaults=left))
    row = "a1,2019-05-03,Fulana Demo,Female,,Other,,,,Brazil,76,,1"

    with pytest.raises(
        SourceFactsError, match=rf"{FILE}: defaults lacks {grade}, one of {allowed}"
    ):
        load("global-witness", write(tmp_path, f"{GW}\n{row}\n"))


def test_global_witness_quirks(tmp_path: Path) -> None:
    rows = [
        "r1,2021-05-01,Fulana Demo,Female,4145,Children,Logging,Hitmen,A,Brazil,076,Acre,1",
        "r2,2021-05-02,Índios Demo,Male,,Other,Other,Police,A,Brazil,170,Invented Park,1",
        "r3,2020-05-02,Beltrano Demo,,17,,Logging,Unspecified,A,Turkey,792,,1",
        "r4,2020-05-03,Unnamed worker,Unknown,20,Children,Fishing,New kind,A,Peru,604,,2",
    ]
    loaded = load("global-witness", write(tmp_path, "\n".join([GW, *rows])))
    assert_stands_in_cases(loaded)
    assert column(loaded, "age_years") == [None, None, 17, 20]
    assert column(loaded, "age_group_code") == ["child", "not_recorded", "child", "adult"]
    assert column(loaded, "sex_code") == ["female", "male", "not_recorded", "unknown"]
    assert column(loaded, "identity_codes") == [
        "child_recorded", "other", "not_recorded", "child_recorded",
    ]  # fmt: skip
    assert column(loaded, "is_collective") == [False, True, False, False]
    assert column(loaded, "is_unidentified") == [False, False, False, True]
    assert column(loaded, "admin1_name") == ["Acre", None, None, None]
    assert column(loaded, "state_m49") == [76, 76, 792, 604]
    told = loaded.issues[["row", "column"]].to_records(index=False).tolist()
    assert told == [
        (2, "age"), (3, "country_numeric"), (5, "number_of_victims"), (5, "perpetrator_type"),
        (5, "person_characteristics"),
    ]  # fmt: skip


def cpt_workbook(
    folder: Path, dates: list[object], category: str = "Pequeno\nproprietário"
) -> Path:
    book = openpyxl.Workbook()
    layout = list_layouts("cpt")[0]
    book.active.append(list(layout.columns))
    for n, date in enumerate(dates, start=1):
        row = {
            "id": n, "Ano": 2015, "Estado": "Goias", "Municipios": "Demo", "Nome do Conflito": "x",
            "Data": date, "Nome da Vitima": f"Fulano\nDemo {'abc'[n % 3]}", "Sexo": "Masculino",
            "Vitimas": 1, "Idade": "NA", "Categoria": category,
            "Lideranca": "Liderança" if n == 1 else "Pequeno\nproprietário",
        }  # fmt: skip
        book.active.append([row[name] for name in layout.columns])
    path = folder / "list.xlsx"
    book.save(path)
    return path


def test_cpt_dates_swapped_by_a_spreadsheet_program_are_swapped_back(tmp_path: Path) -> None:
    path = cpt_workbook(tmp_path, [dt.date(2015, 6, 8), "24/05/2015", dt.date(2015, 3, 12)])
    loaded = load("cpt", path)
    assert_stands_in_cases(loaded)
    dates = [date.date().isoformat() for date in loaded.accepted["event_date"]]
    assert dates == ["2015-08-06", "2015-05-24", "2015-12-03"]
    assert list(loaded.issues["row"]) == [2, 4]
    assert str(loaded.notes[0]).startswith("In 2 of 3 rows")
    assert column(loaded, "defender_basis_code") == ["recorded_leader", *["not_assessed"] * 2]
    assert column(loaded, "identity_codes")[:2] == ["farmer|leader", "farmer"]
    assert column(loaded, "admin1_name") == ["Goiás"] * 3
    assert column(loaded, "name_as_published")[0] == "Fulano Demo b"


def test_cpt_takes_no_cause_from_who_the_victim_was(tmp_path: Path) -> None:
    path = cpt_workbook(tmp_path, ["24/05/2015"], category="Ambientalista")
    loaded = load("cpt", path)
    assert column(loaded, "cause_codes") == ["land_water_work"]
    assert column(loaded, "identity_codes") == ["other|leader"]


def test_cpt_dates_are_left_alone_where_the_file_does_not_show_the_swap(tmp_path: Path) -> None:
    path = cpt_workbook(tmp_path, [dt.date(2015, 6, 8), "24/05/2015", dt.date(2015, 3, 30)])
    loaded = load("cpt", path)
    dates = [date.date().isoformat() for date in loaded.accepted["event_date"]]
    assert dates == ["2015-06-08", "2015-05-24", "2015-03-30"]
    assert loaded.notes == ()


def test_the_colombian_table_takes_the_date_where_the_year_beside_it_is_wrong(
    tmp_path: Path,
) -> None:
    rows = [
        'a,Fulana Demo,"Prensa,ONU",Femenino,2016-01-31,X,Caqueta,Líder LGBTI,c,u,01,',
        'b,Beltrano Demo,Prensa,Transgénero,2016-02-01,X,Pereira,"Líder comunitario,'
        'Líder indígena",c,u,2016,02',
        "c,Zutano Demo,Prensa,Masculino,2020-05-19,X,Cesar,Líder sindical,c,u",
    ]
    loaded = load("lideres-colombia", write(tmp_path, "\n".join([LIDERES, *rows])))
    assert_stands_in_cases(loaded)
    assert column(loaded, "event_year") == [2016, 2016, 2020]
    assert column(loaded, "sex_code") == ["female", "transgender", "male"]
    assert column(loaded, "admin1_name") == ["Caquetá", None, "Cesar"]
    assert column(loaded, "documented_by") == ["the press|United Nations", "the press", "the press"]
    assert column(loaded, "identity_codes") == [
        "not_recorded", "community_leader|indigenous", "trade_unionist",
    ]  # fmt: skip
    assert set(column(loaded, "cause_codes")) == {"not_recorded"}
    assert sorted(loaded.issues["row"]) == [2, 4]


def test_the_colombian_json_counts_each_case_once(tmp_path: Path) -> None:
    case = {
        "name": "Fulana Demo", "fuente": "Prensa", "genero": "Femenino", "fecha": "2018-03-01",
        "departamento": "Norte De Santander", "tipo_de_lider": "Líder ambiental", "cargo": "c",
        "fuentes_prensa": "u", "year": "2018", "month": "03",
    }  # fmt: skip
    region = {"people": [case], "deaths_per_month": {"2018 - 03": {"deaths": [case]}}}
    path = write(tmp_path, json.dumps({"regions": {"x": region}, "total": {"n": 1}}), "list.json")
    assert identify(path) == ("lideres-colombia", "lideres_json")
    loaded = load("lideres-colombia", path)
    assert_stands_in_cases(loaded)
    assert column(loaded, "admin1_name") == ["Norte de Santander"]


def cpj_both(folder: Path, *rows: dict[str, str]) -> Path:
    given = {"type": "Journalist", "status": "Killed", "Year": "2001", "country": "Peru"}
    frame = pd.DataFrame([{**dict.fromkeys(BOTH, ""), **given, **row} for row in rows])
    return write(folder, frame[BOTH].to_csv(index=False))


@pytest.mark.parametrize(
    ("kinds", "plural"),
    [
        (("Journalist",) * 2, "journalists"),
        (("Journalist", "Media Worker"), "journalists and media workers"),
    ],
)
def test_a_file_of_one_kind_of_persons_has_the_noun_of_that_kind(
    tmp_path: Path, kinds: tuple[str, str], plural: str
) -> None:
    rows = [{"type": kind, "fullName": f"Demo Person {n}"} for n, kind in enumerate(kinds)]
    assert load("cpj", cpj_both(tmp_path, *rows)).facts.plural == plural


def test_cpj_asks_threats_of_confirmed_murders_and_leaves_prisoners_out(tmp_path: Path) -> None:
    murder = {"typeOfDeath": "Murder", "motiveConfirmed": "Confirmed"}
    path = cpj_both(
        tmp_path,
        {"fullName": "Fulana Demo", **murder, "threatened": "Yes",
         "impunityMurder": "Full Justice"},
        {"fullName": "Beltrano Demo", **murder},
        {"fullName": "Zutano Demo", "typeOfDeath": "N/A", "motiveConfirmed": "Unconfirmed"},
        {"fullName": "Mengana Demo", "typeOfDeath": "Crossfire", "motiveConfirmed": "Confirmed",
         "impunityMurder": "Complete Impunity", "coverage": "Politics, War,Sports"},
        {"fullName": "Perengano Demo", "status": "Imprisoned", "lengthOfSentence": "10+ Years"},
    )  # fmt: skip
    loaded = load("cpj", path)
    assert_stands_in_cases(loaded)
    assert (loaded.layout, loaded.rows_in) == ("cpj_killed_imprisoned_1992_2020", 4)
    assert loaded.names_aside == frozenset()  # a prisoner of the same file is on another list
    assert column(loaded, "threats_before") == ["yes", "unknown", "not_asked", "not_asked"]
    assert column(loaded, "impunity_code") == ["full_justice", "unknown", "not_asked", "complete"]
    assert column(loaded, "motive_link_code") == [
        "confirmed",
        "confirmed",
        "suspected",
        "confirmed",
    ]
    assert column(loaded, "death_type_code") == ["murder", "murder", "not_recorded", "crossfire"]
    assert column(loaded, "cause_codes")[3] == (
        "politics_reporting|conflict_reporting|culture_reporting"
    )
    assert set(column(loaded, "event_date_precision")) == {"year"}
    assert str(loaded.notes[0]).startswith("Of 5 rows of the file, 1 record imprisonment")
    assert str(loaded.notes[1]).startswith("1 cases with an accountability class")


def test_cpj_a_place_decides_where_one_name_stands_for_two(tmp_path: Path) -> None:
    area = "Israel and the Occupied Palestinian Territory"
    places = [
        "Demo, Gaza", "Tel Aviv", "Unknown", "near Khan Younis", "Be’er Sheva", "Jerusalem",
        "between Sderot and Gaza",
    ]  # fmt: skip
    rows = [{"fullName": f"F Demo{p[0]}", "country": area, "location": p} for p in places]
    loaded = load("cpj", cpj_both(tmp_path, *rows))
    assert_stands_in_cases(loaded)
    assert column(loaded, "state_iso3") == ["PSE", "ISR", "XIP", "PSE", "ISR", "XIP", "XIP"]
    assert column(loaded, "state_m49")[:3] == [275, 376, None]
    assert any("given to neither" in str(note) for note in loaded.notes)


def test_cpj_legacy_letters_and_dates(tmp_path: Path) -> None:
    spoilt = "Raúl Peñón".encode("mac_roman").decode("cp1252")
    rows = [
        f'1/15/92,{spoilt},Male,Peru,,,,,Politics,,,Unknown Fire,Murder,Yes,No,No,"No\r"',
        "25/03/2017,Solís Demo,na,Peru,,,,,na,,,na,na,na,na,na,na",
        "May 17 or 18, 2012,x".replace("May 17 or 18, 2012", '"May 17 or 18, 2012"')
        + ",,Peru"
        + "," * 13,
        LEGACY,
        "2/3/05,Jos_ Demo,,,,,,,,,,,,,,,",
    ]
    text = "\r\n".join([LEGACY + ",,", *[f"{row},," for row in rows]])
    loaded = load("cpj", write(tmp_path, text, encoding="mac_roman"))
    assert_stands_in_cases(loaded)
    assert loaded.layout == "cpj_killed_2017_legacy"
    assert column(loaded, "name_as_published") == ["Raúl Peñón", "Solís Demo", "x"]
    dates = [date.date().isoformat() for date in loaded.accepted["event_date"]]
    assert dates == ["1992-01-15", "2017-03-25", "2012-05-01"]
    assert column(loaded, "event_date_precision") == ["day", "day", "month"]
    assert column(loaded, "perpetrator_codes") == ["unknown", "not_recorded", "not_recorded"]
    assert list(loaded.set_aside["row"]) == [5, 6]
    assert (loaded.issues["what"].str.contains("A letter was lost")).sum() == 1


def test_cpj_misread_utf8_with_carriage_returns(tmp_path: Path) -> None:
    header = "name,country,motive_confirmed,organisation,date_of_death,status,type,type_of_death"
    row = "José Demo,Peru,Unconfirmed,x,2020-02-03,Killed,Media Worker,"
    spoilt = row.encode().decode("mac_roman")
    loaded = load("cpj", write(tmp_path, f"{header}\r{spoilt}\r"))
    assert_stands_in_cases(loaded)
    assert loaded.layout == "cpj_macroman_cr"
    assert column(loaded, "name_as_published") == ["José Demo"]
    assert list(loaded.issues["column"]) == ["name"]


def test_cpj_portuguese_headers(tmp_path: Path) -> None:
    header = "Nome,Data da Morte,Local da Morte,Organizações,Tipo,Causa,Motivo Confirmado,Link"
    row = '\nF Demo,"April 30, 2018",Peru,x,Journalist,Crossfire / Combat Related,Confirmed,u'
    loaded = load("cpj", write(tmp_path, header + row))
    assert_stands_in_cases(loaded)
    assert loaded.layout == "cpj_killed_2025"
    assert column(loaded, "death_type_code") == ["crossfire"]
    assert loaded.facts.asked == ("event_day", "motive_link_code", "death_type_code")


JOINT = "Israel and the Occupied Palestinian Territory"


def test_cpj_one_column_for_place_and_state_is_parted(tmp_path: Path) -> None:
    rows = [
        f'F Demo,Killed,Journalist,2024-03-05,"Rafah, {JOINT}",x,Murder,Confirmed',
        'G Demo,Killed,Media Worker,"April 30, 2018","Seoul, Korea, Republic of",x,,Unconfirmed',
        "H Demo,Missing,Journalist,2020-01-02,Peru,x,,",
        f"I Demo,Killed,Journalist,2023-10-20,{JOINT},x,Crossfire,Confirmed",
        "J Demo,Killed,Journalist,2023-10-20,Atlantis,x,Crossfire,Confirmed",
    ]
    header = "Name,Status,Type,Date,Place,Organization,Type of death,Motive"
    loaded = load("cpj", write(tmp_path, "\n".join([header, *rows])))
    assert_stands_in_cases(loaded)
    assert loaded.layout == "cpj_killed_2026"
    assert column(loaded, "state_iso3") == ["PSE", "KOR", "XIP"]
    assert column(loaded, "event_date_precision") == ["day"] * 3
    assert column(loaded, "death_type_code") == ["murder", "not_recorded", "crossfire"]
    assert column(loaded, "motive_link_code") == ["confirmed", "suspected", "confirmed"]
    assert column(loaded, "threats_before") == ["not_asked"] * 3
    assert list(loaded.set_aside["row"]) == [6]
    assert "or another fate" in str(loaded.notes[0])


def test_cpj_what_status_and_type_mean_is_told_by_their_values(tmp_path: Path) -> None:
    rows = [
        "F Demo,Confirmed,Murder,2024-03-05,Lima,x,Peru",
        "G Demo,Unconfirmed,Unknown,2024-03-06,,x,Peru",
    ]
    header = "full_name,status,type,date_killed,location,organisation,country"
    loaded = load("cpj", write(tmp_path, "\n".join([header, *rows])))
    assert_stands_in_cases(loaded)
    assert column(loaded, "motive_link_code") == ["confirmed", "suspected"]
    assert column(loaded, "death_type_code") == ["murder", "unknown"]
    assert column(loaded, "state_iso3") == ["PER", "PER"]


def test_a_rural_conflict_carries_its_cause_and_no_confirmed_link(tmp_path: Path) -> None:
    loaded = load("cpt", cpt_workbook(tmp_path, ["24/05/2015", "25/05/2015"]))
    assert column(loaded, "cause_codes") == ["land_water_work"] * 2
    assert column(loaded, "motive_link_code") == ["unknown"] * 2


def test_a_source_declares_what_it_covers_and_how_it_records() -> None:
    cpt, cpj = get_facts("cpt"), get_facts("cpj")
    assert cpt.covers == {"states": ["BRA"], "years": {"from": 2012}}
    assert get_facts("lideres-colombia").covers["states"] == ["COL"]
    assert cpt.recording["defender_basis_code"] == "when_present"
    assert cpt.recording["setting_code"] == cpj.recording["identity_codes"] == "by_definition"
    assert set(get_facts("restricted-list").classes["perpetrator_codes"]) == set(
        codes("perpetrator")
    )
    assert "transgender" not in get_facts("global-witness").classes["sex_code"]
    assert "defender_basis_code" not in cpt.classes
    assert "none was known" in cpj.remarks["threats_before"]


def test_a_restricted_list_is_never_public_and_keeps_events(tmp_path: Path) -> None:
    header = (
        "case_id,event_id,date,state,admin1,name,sex,age,setting,identity,cause,perpetrator,"
        "defender,motive,threats,accountability"
    )
    rows = [
        "1,e1,2021-05,COL,Cauca,Fulana Demo,female,30,rural,lawyer;indigenous,corruption,police,"
        "mandate,confirmed,yes,complete",
        "2,,2021,Peru,,Beltrano Demo,,,,,,,,,,",
    ]
    loaded = load("restricted-list", write(tmp_path, "\n".join([header, *rows])))
    assert_stands_in_cases(loaded)
    policy = get_facts("restricted-list").policy
    assert not policy.public_by_name and policy.leaves and "sex_code" in policy.leaves.by_area
    assert column(loaded, "event_id") == ["e1", None]
    assert column(loaded, "identity_codes") == ["lawyer|indigenous", "not_recorded"]
    assert column(loaded, "setting_code") == ["rural_or_remote", "not_recorded"]
    assert column(loaded, "threats_before") == ["yes", "not_asked"]
    assert column(loaded, "event_date_precision") == ["month", "year"]


def test_a_living_person_at_risk_is_no_victim_of_a_killing_and_is_set_aside(tmp_path: Path) -> None:
    header = (
        "case_id,date,state,name,sex,age,identity,cause,perpetrator,defender,motive,threats,"
        "accountability,status,notes"
    )
    rows = [
        "1,2021-05,COL,Fulana Demo,,,,,,,,,,,had been threatened",
        "2,,COL,Beltrana Demo,,,,,,,,,,,In hiding since May",
        "3,2021-05,COL,Mengana Demo,,,,,,,,,,alive,",
        "4,,COL,Zutana Demo,,,,,,,,,,killed,fled before",
        "5,,COL,Perengana Demo,,,,,,,,,,,",
        "6,not known,COL,Fulano Demo,,,,,,,,,,,",
    ]
    loaded = load("restricted-list", write(tmp_path, "\n".join([header, *rows])))
    assert column(loaded, "record_id") == ["1", "4", "6"]
    assert loaded.set_aside["row"].tolist() == [3, 4, 6]
    assert loaded.rows_in == len(loaded.accepted) + len(loaded.set_aside)
    reasons = loaded.set_aside["reason"].tolist()
    assert "No day and no status" in reasons[2] and loaded.names_aside >= {"Perengana Demo"}
    assert "living person at risk" in reasons[0] and "says another thing than" in reasons[1]
    assert not any("Demo" in reason or "hiding" in reason for reason in reasons)


UNDATED = "case_id,name,state,arrest_date,charge,sentence,exit,last_known_date,status,notes"


def test_a_row_that_says_nothing_of_when_or_what_is_counted_only_where_somebody_says_so(
    tmp_path: Path,
) -> None:
    rows = [
        "1,Aru Keldemo,EGY,,treason,,,,,",
        "2,Bru Keldemo,EGY,,treason,,held,,,",
        "3,Cru Keldemo,EGY,,treason,,,2016-01-02,,",
        "4,Dru Keldemo,EGY,,treason,,,,imprisoned,",
    ]
    file = write(tmp_path, "\n".join([UNDATED, *rows]))
    loaded = load("detentions", file)
    assert loaded.accepted["record_id"].tolist() == ["2", "3", "4"]
    assert loaded.set_aside["row"].tolist() == [2]
    said = {"source": "detentions", "row": 2, "column": "status", "expected": "", "value": "held"}
    told = load("detentions", file, [{**said, "reason": "The family wrote on 3 May."}])
    assert told.accepted["record_id"].tolist() == ["1", "2", "3", "4"] and told.set_aside.empty


def test_the_policy_of_a_list_says_in_words_that_rows_without_a_day_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "The invented organization lists the dead only, so its letter of 3 May says."
    spec = get_spec("restricted-list")
    facts = replace(spec.facts, policy=replace(spec.facts.policy, counts_undated=words))
    monkeypatch.setitem(registry._package_specs(), "restricted-list", replace(spec, facts=facts))
    header = (
        "case_id,date,state,name,sex,age,identity,cause,perpetrator,defender,motive,threats,"
        "accountability,notes"
    )
    rows = ["1,,COL,Fulana Demo,,,,,,,,,,", "2,,COL,Beltrana Demo,,,,,,,,,,In hiding"]
    loaded = load("restricted-list", write(tmp_path, "\n".join([header, *rows])))
    assert column(loaded, "record_id") == ["1"] and loaded.set_aside["row"].tolist() == [3]
    with pytest.raises(ValueError, match="counts_undated says in words"):
        replace(spec.facts.policy, counts_undated="yes")


def test_a_person_whose_status_is_not_known_was_held_and_is_not_said_to_be_held(
    tmp_path: Path,
) -> None:
    header = "case_id,name,state,arrest_date,charge,sentence,status,exit,release_date"
    rows = [
        "1,Aru Keldemo,EGY,2015-03-04,s/d,sin dato,unknown,,",
        "2,Bru Keldemo,EGY,2015-03-04,treason,,not_recorded,,",
        "3,Cru Keldemo,EGY,2015-03-04,treason,,detained,No se sabe,",
        "4,Dru Keldemo,EGY,2015-03-04,treason,,detained,неизвестно,2016-01-02",
        "5,Eru Keldemo,EGY,2015-03-04,treason,,released,,",
        "6,Fru Keldemo,EGY,2015-03-04,treason,,detained,,",
        "7,Gru Keldemo,EGY,,treason,,se desconoce,,",
    ]
    loaded = load("detentions", write(tmp_path, "\n".join([header, *rows])))
    known = loaded.accepted
    assert known["exit_as_recorded"].tolist() == [*["unknown"] * 4, "released", "held"]
    assert known["charge_text"].tolist()[0] == known["sentence_text"].tolist()[0] == ""
    ended = known["released_date"]
    exits = _exits(known, ended, ended.notna())
    assert exits.tolist() == ["unknown", "unknown", "unknown", "released", "released", "held"]
    # Nobody can tell that the seventh person was ever held.
    assert loaded.set_aside["row"].tolist() == [8]
    assert "No day and no status" in loaded.set_aside["reason"].iloc[0]
    assert loaded.issues.empty


def test_a_person_with_a_day_of_arrest_and_a_status_without_a_code_is_counted(
    tmp_path: Path,
) -> None:
    header = "case_id,name,state,arrest_date,charge,sentence,status"
    rows = [
        "1,Aru Keldemo,KE,2015-03-04,treason,,probation work",
        "2,Bru Keldemo,KE,,treason,,probation work",
        "3,Cru Keldemo,ke,2015-03-04,treason,,detained",
        "4,Dru Keldemo,KE,2015-03-04,treason,,at_risk",
    ]
    loaded = load("detentions", write(tmp_path, "\n".join([header, *rows])))
    assert loaded.accepted["record_id"].tolist() == ["1"]
    assert loaded.accepted["state_iso3"].tolist() == ["KEN"]
    assert loaded.accepted["exit_as_recorded"].tolist() == ["unknown"]
    assert loaded.issues[["row", "column"]].to_numpy().tolist() == [[2, "status"]]
    assert loaded.set_aside["row"].tolist() == [3, 4, 5]


def test_a_day_of_a_killing_or_an_arrest_that_lies_in_the_future_is_emptied(tmp_path: Path) -> None:
    header = "case_id,name,state,arrest_date,charge,sentence,release_date,status"
    ahead = dt.date.today().year + 6
    rows = [
        f"1,Aru Keldemo,EGY,{ahead}-03-04,treason,,,detained",
        f"2,Bru Keldemo,EGY,2015-03-04,treason,,{ahead}-01-01,detained",
    ]
    loaded = load("detentions", write(tmp_path, "\n".join([header, *rows])))
    assert loaded.accepted["began_precision"].tolist() == ["unknown", "day"]
    told = loaded.issues[loaded.issues["what"] == "The day lies in the future."]
    assert told[["row", "column", "done"]].to_numpy().tolist() == [[2, "arrest_date", "emptied"]]


def test_a_person_who_was_never_held_is_no_detention(tmp_path: Path) -> None:
    header = "case_id,name,state,arrest_date,charge,sentence,status,notes"
    rows = [
        "1,Aru Keldemo,EGY,2015-03-04,treason,,,",
        "2,Bru Keldemo,EGY,,treason,,,se cache",
        "3,Cru Keldemo,EGY,2015-03-04,treason,,in hiding,",
    ]
    loaded = load("detentions", write(tmp_path, "\n".join([header, *rows])))
    assert loaded.accepted["record_id"].tolist() == ["1"]
    assert loaded.set_aside["row"].tolist() == [3, 4]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Vive, amenazada",
            "Está viva",
            "En la clandestinidad",
            "Refugiada",
            "sob ameaça, no exílio",
        ),
        *("مختبئ", "скрывается", "в изгнании", "went underground", "réfugiée"),
    ],
)
def test_a_row_that_speaks_of_a_life_is_set_aside_or_asked_about(
    tmp_path: Path, words: str
) -> None:
    header = "case_id,name,state,arrest_date,charge,sentence,status,notes"
    rows = [
        f'1,Aru Keldemo,EGY,,treason,,,"{words}"',
        f'2,Bru Keldemo,EGY,2015-03-04,treason,,,"{words}"',
        "3,Cru Keldemo,EGY,2015-03-04,treason,,,convive en una vivienda",
    ]
    loaded = load("detentions", write(tmp_path, "\n".join([header, *rows])))
    assert loaded.accepted["record_id"].tolist() == ["3"]
    assert loaded.set_aside["reason"].str.contains("of a person who lives").tolist() == [
        False,
        True,
    ]
    assert rows_that_may_live(loaded) == (2, 0)


def test_a_dated_row_that_speaks_of_survival_waits_until_somebody_writes_its_status(
    tmp_path: Path,
) -> None:
    header = (
        "case_id,date,state,name,sex,age,identity,cause,perpetrator,defender,motive,threats,"
        "accountability,status,notes"
    )
    survived = "Survived the attack, now living in exile"
    rows = [
        f'1,2021-05-03,COL,Fulana Demo,,,,,,,,,,,"{survived}"',
        f'2,2021-05-03,COL,Beltrana Demo,,,,,,,,,,killed,"{survived}"',
        "3,2021-05-03,COL,Mengana Demo,,,,,,,,,,,had been threatened",
    ]
    file = write(tmp_path, "\n".join([header, *rows]))
    loaded = load("restricted-list", file)
    said = {
        "source": "restricted-list",
        "row": 2,
        "column": "status",
        "expected": "",
        "value": "killed",
    }
    told = load("restricted-list", file, [{**said, "reason": "The organization wrote on 3 May."}])

    assert column(loaded, "record_id") == ["2", "3"] and loaded.set_aside["row"].tolist() == [2]
    assert "Write the status" in loaded.set_aside["reason"].iloc[0]
    assert "Survived" not in loaded.set_aside["reason"].iloc[0]
    assert rows_that_may_live(loaded) == (1, 1)
    assert column(told, "record_id") == ["1", "2", "3"] and rows_that_may_live(told) == (0, 1)


def test_an_attempt_or_a_disappearance_is_no_killing_unless_a_status_says_so(
    tmp_path: Path,
) -> None:
    header = (
        "case_id,date,state,name,sex,age,identity,cause,perpetrator,defender,motive,threats,"
        "accountability,death,status"
    )
    rows = [
        "1,2021-05-03,COL,Fulana Demo,,,,,,,,,,Tentativa de homicidio,",
        "2,2021-05-03,COL,Beltrana Demo,,,,,,,,,,Desaparición forzada,",
        "3,2021-05-03,COL,Mengana Demo,,,,,,,,,,murder,",
        "4,2021-05-03,COL,Zutana Demo,,,,,,,,,,intento de robo,killed",
        "5,2021-05-03,COL,Perengana Demo,,,,,,,,,,disappeared and presumed dead,",
        "6,,COL,Fulano Demo,,,,,,,,,,attempted murder,",
    ]
    loaded = load("restricted-list", write(tmp_path, "\n".join([header, *rows])))
    assert column(loaded, "record_id") == ["3", "4", "5"]
    assert loaded.set_aside["row"].tolist() == [2, 3, 7]
    assert all("no status says that" in reason for reason in loaded.set_aside["reason"])
    assert rows_that_may_live(loaded) == (3, 0)
    assert loaded.rows_in == len(loaded.accepted) + len(loaded.set_aside)


def test_a_sentence_of_exile_and_a_charge_of_flight_are_no_sign_of_freedom(tmp_path: Path) -> None:
    header = "case_id,name,state,arrest_date,charge,sentence,status,notes"
    rows = ["1,Aru Keldemo,EGY,2015-03-04,fled the draft,two years in exile,,"]
    loaded = load("detentions", write(tmp_path, "\n".join([header, *rows])))
    assert loaded.accepted["record_id"].tolist() == ["1"] and rows_that_may_live(loaded) == (0, 1)


def named(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["name_as_published", "state_iso3", "date", "precision"])
    return frame.assign(
        source="a",
        source_row=range(2, len(rows) + 2),
        name_is_person=True,
        sex_code="not_recorded",
        event_date=pd.to_datetime(frame["date"]),
        event_date_precision=frame["precision"],
    )


def test_possible_duplicates_are_pairs_to_look_at() -> None:
    rows = named(
        ("Fulana Démo", "PER", "2020-01-01", "day"),
        ("FULANA  DEMO", "PER", "2020-01-20", "day"),
        ("Fulana Demo", "PER", "2020-06-01", "day"),
        ("Fulana Demo", "COL", "2020-01-01", "day"),
        ("Beltrano Demo", "PER", "2019-01-01", "year"),
        ("Beltrano Demo", "PER", "2019-07-01", "day"),
    )
    found = find_possible_duplicates(rows)
    assert list(zip(found["row_a"], found["row_b"], strict=True)) == [(6, 7), (2, 3)]
    assert "name_as_published" not in found
    sexes = rows.assign(sex_code=["female", "male", "female", "male", "male", "unknown"])
    found = find_possible_duplicates(sexes)  # another sex: two persons of one name
    assert list(zip(found["row_a"], found["row_b"], strict=True)) == [(6, 7)]
