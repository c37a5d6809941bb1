"""Lists of one's own that are read by a source.yml alone; every person is invented."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.sources import SourceError, get_facts, identify, list_sources, load
from hrdresearch.sources.errors import SourceFactsError

SPANISH = """Registro de ejemplo;;;;;;
;;;;;;
N°;Nombres;Apellidos;Fecha del hecho;Depto.;Sexo;Presunto autor
1;Fulana;Ejemplo;31/12/2020;Cauca;M;Policía / Sicarios
2;Beltrano;Ejemplo;05/2021;Chocó;H;
3;Sicrana;Ejemplo;2019;Atlantis;M;Ejército
4;Mengano;Ejemplo;03/02/2021;Cauca;?;Otros
5;Zutana;Ejemplo;30/02/2021;Cauca;M;Policía
"""

SPANISH_YML = """
like: restricted-list
title: Lista de ejemplo
layouts:
  list:
    title: Export with semicolons (CSV)
    kinds: [csv]
    header: [3]
    reads:
      case_id: {column: "N°"}
      name: {columns: [Nombres, Apellidos]}
      date: {column: Fecha del hecho, order: dmy}
      state: {value: COL}
      admin1: {column: Depto.}
      sex: {column: Sexo}
      perpetrator: {column: Presunto autor, split: /}
    facts: {delimiter: ";"}
crosswalks:
  sex: {M: female, H: male}
  perpetrator: {Policía: police, Ejército: armed_forces, Sicarios: hitmen}
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """``own("my-list", yml)``: a source of one's own in a folder of its own."""
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))

    def write(slug: str, yml: str) -> Path:
        path = tmp_path / "sources" / slug / "source.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yml, encoding="utf-8")
        return path

    return write


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_spanish_list_is_read_by_its_yml_alone(own, tmp_path: Path) -> None:
    own("lista-ejemplo", SPANISH_YML)
    path = written(tmp_path, "lista.csv", SPANISH)
    expected = pd.DataFrame(
        {
            "source_row": [4, 5, 6, 7, 8],
            "name_as_published": [
                f"{n} Ejemplo" for n in ["Fulana", "Beltrano", "Sicrana", "Mengano", "Zutana"]
            ],
            "event_date_precision": ["day", "month", "year", "day", "year"],
            "event_year": [2020, 2021, 2019, 2021, 2021],
            "state_iso3": ["COL"] * 5,
            "admin1_name": pd.Series(["Cauca", "Chocó", None, "Cauca", "Cauca"], dtype="object"),
            "sex_code": ["female", "male", "female", "not_recorded", "female"],
            "perpetrator_codes": [
                "police|hitmen",
                "not_recorded",
                "armed_forces",
                "not_recorded",
                "police",
            ],
        }
    )

    loaded = load("lista-ejemplo", path)

    found = loaded.accepted[expected.columns]
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    issues = loaded.issues[["row", "column"]].apply(tuple, axis=1).tolist()
    assert {(7, "Presunto autor"), (8, "Fecha del hecho")} <= set(issues)
    assert (7, "Sexo") not in issues, "a question mark says that it is not known"
    assert loaded.facts.asked == (
        "event_day", "admin1_name", "sex_code", "perpetrator_codes",
    )  # fmt: skip


def test_a_list_of_ones_own_is_restricted_until_its_owner_says_otherwise(own) -> None:
    own("lista-ejemplo", SPANISH_YML)
    texts = ("publisher", "definition", "coverage", "citation", "licence")
    public = "policy: {public_by_name: true, reason: We publish it.}\n"
    own("lista-publica", SPANISH_YML + public + "".join(f"{t}: Invented {t}\n" for t in texts))

    policies = {
        f.slug: f.policy.public_by_name for f in list_sources() if f.slug.startswith("lista")
    }

    assert policies == {"lista-ejemplo": False, "lista-publica": True}


def test_the_columns_tell_a_list_of_ones_own(own, tmp_path: Path) -> None:
    own("lista-ejemplo", SPANISH_YML)

    assert identify(written(tmp_path, "x.csv", SPANISH)) == ("lista-ejemplo", "list")


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("order: dmy", 'order: "?"', "write order: dmy, mdy or ymd"),
        ("value: COL", 'value: "?"', "Write the ISO3 code of the State in place of it"),
        ("order: dmy", "order: ydm", "order is one of ymd, dmy, mdy"),
        ("sex: {column", "sexo: {column", "sexo is none of"),
        ("column: Sexo", "col: Sexo", "col is none of column, columns"),
        ("      state: {value: COL}\n", "", "state is needed"),
        ("like: restricted-list", "like: cpj", "like is one of restricted-list, detentions"),
        ("M: female", "M: mujer", "mujer is none of female"),
        ("  sex: {M", "  sex: {M: {M", "cannot be read as YAML"),
    ],
)
def test_a_fault_in_the_yml_is_named_and_hurts_no_other_source(
    own, was: str, becomes: str, says: str
) -> None:
    assert was in SPANISH_YML
    own("lista-ejemplo", SPANISH_YML.replace(was, becomes))

    with pytest.raises(SourceError, match=says.replace("?", r"\?")):
        get_facts("lista-ejemplo")
    assert "cpj" in [facts.slug for facts in list_sources()]


WIDE = """like: restricted-list
layouts:
  list:
    title: A column for each kind of perpetrator
    kinds: [csv]
    reads:
      name: {column: Name}
      date: {columns: [Y, M, D]}
      state: {column: Country}
      perpetrator: {yes_in: {Police: police, Army: armed_forces}}
"""


def test_columns_of_yes_and_no_become_codes_and_parts_become_a_date(own, tmp_path: Path) -> None:
    own("wide", WIDE)
    path = written(
        tmp_path,
        "wide.csv",
        "Name,Y,M,D,Country,Police,Army\n"
        "Ann Example,2020,5,31,Kenya,yes,x\nBea Example,2020,5,,Kenya,no,1\n"
        "Cec Example,2020,,,Kenya,,perhaps\nDed Example,2020,March,3,Kenya,,\n",
    )
    expected = pd.DataFrame(
        {
            "event_date_precision": ["day", "month", "year", "day"],
            "perpetrator_codes": [
                "police|armed_forces",
                "armed_forces",
                "not_recorded",
                "not_recorded",
            ],
        }
    )

    loaded = load("wide", path)

    pd.testing.assert_frame_equal(loaded.accepted[expected.columns], expected, check_dtype=False)
    assert loaded.issues[["row", "column", "what"]].values.tolist() == [
        [4, "Army", "Neither yes nor no."]
    ]


LONG = """like: restricted-list
layouts:
  list:
    title: A row for each perpetrator of a case
    kinds: [csv]
    case: Case
    reads:
      case_id: {column: Case}
      name: {column: Name}
      date: {column: Date, order: ymd}
      state: {column: Country}
      perpetrator: {column: Who, split: ";"}
"""


def test_rows_of_one_case_become_one_row(own, tmp_path: Path) -> None:
    own("long", LONG)
    path = written(
        tmp_path,
        "long.csv",
        "Case,Name,Date,Country,Who\na,Ann Example,2020-05-31,Kenya,police\n"
        "a,Ann Example,2020-05-31,Kenya,hitmen\nb,Bea Example,2020-06-01,Kenya,police\n"
        "a,Ann Example,2020-05-30,Kenya,police\n",
    )
    expected = pd.DataFrame(
        {
            "source_row": [2, 4],
            "record_id": ["a", "b"],
            "perpetrator_codes": ["police|hitmen", "police"],
        }
    )

    loaded = load("long", path)

    pd.testing.assert_frame_equal(loaded.accepted[expected.columns], expected, check_dtype=False)
    assert [str(note) for note in loaded.notes] == [
        "4 rows of the file are 2 cases: rows with the same identifier are one case."
    ]
    assert loaded.issues[["row", "column", "what"]].values.tolist() == [
        [2, "Date", "The rows of this case differ."]
    ]


STATUS_NOT_KNOWN = """like: detentions
layouts:
  list:
    title: Lista
    kinds: [csv]
    reads:
      name: {column: Nombre}
      state: {column: País}
      arrest_date: {column: Detención, order: ymd}
      sex: {column: Género}
      charge: {column: Delito}
      status: {column: Estado actual}
crosswalks:
  list_status: {presa: detained, no se sabe: not_recorded, libre: released}
"""


def test_what_a_list_of_detentions_does_not_know_is_not_said(own, tmp_path: Path) -> None:
    own("spanish", STATUS_NOT_KNOWN)
    path = written(
        tmp_path,
        "lista.csv",
        "Nombre,País,Detención,Género,Delito,Estado actual\n"
        "Fulana Ejemplo,Honduras,2021-05-06,no binario,s/d,no se sabe\n"
        "Mengana Ejemplo,Honduras,2021-05-07,No binaria,sin información,n/s\n"
        "Zutana Ejemplo,Honduras,2021-05-08,F,sedición,\n"
        "Perengana Ejemplo,Honduras,2021-05-09,F,sedición,presa\n"
        "Beltrana Ejemplo,Honduras,2021-05-10,F,sedición,libre\n",
    )
    loaded = load("spanish", path)
    assert loaded.set_aside.empty
    read = loaded.accepted[["sex_code", "charge_text", "exit_as_recorded"]]
    assert read.values.tolist() == [
        ["nonbinary", "", "unknown"],
        ["nonbinary", "", "unknown"],
        ["female", "sedición", "unknown"],
        ["female", "sedición", "held"],
        ["female", "sedición", "released"],
    ]


def test_a_crosswalk_that_nothing_reads_is_an_error(own) -> None:
    own("idle", STATUS_NOT_KNOWN + '  pretext: {"s/d": not_recorded}\n')
    with pytest.raises(SourceFactsError, match="no cell is read by pretext"):
        get_facts("idle")


ARABIC = """like: detentions
layouts:
  list:
    title: سجل
    kinds: [csv]
    reads:
      name: {column: الاسم}
      state: {column: البلد}
      arrest_date: {column: تاريخ الاعتقال, order: ymd, calendar: hijri}
      release_date: {column: تاريخ الإفراج, order: dmy}
      sex: {column: الجنس}
      age: {column: العمر}
      charge: {column: التهمة}
      sentence: {column: الحكم}
      status: {column: الحالة}
crosswalks:
  sex: {أنثى: female, ذكر: male}
  list_status: {معتقل: detained, مفرج عنه: released, في المنفى: at_risk}
"""


def test_an_arabic_list_of_detentions_with_hijri_dates_is_read(own, tmp_path: Path) -> None:
    own("arabic", ARABIC)
    path = written(
        tmp_path,
        "arabic.csv",
        "الاسم,البلد,تاريخ الاعتقال,تاريخ الإفراج,الجنس,العمر,التهمة,الحكم,الحالة\n"
        "فلانة مثال,مصر,١٤٤٢/٠٩/٠١,,أنثى,٣٤ سنة,نشر أخبار كاذبة,السجن خمس سنوات,معتقل\n"
        "فلان مثال,مصر,1442/09/15 هـ,31/12/2022,ذكر,41,,,مفرج عنه\n"
        "علان مثال,الأردن,1443,,ذكر,,,,معتقل\n"
        "زيد مثال,مصر,1442/13/01,,ذكر,20,,,معتقل\n"
        "عمرو مثال,مصر,,,ذكر,20,,,في المنفى\n",
    )
    expected = pd.DataFrame(
        {
            "state_iso3": ["EGY", "EGY", "JOR", "EGY"],
            "began_date": pd.to_datetime(["2021-04-13", "2021-04-27", "2022-01-01", None]).as_unit(
                "ns"
            ),
            "began_precision": ["day", "day", "year", "unknown"],
            "released_date": pd.to_datetime([None, "2022-12-31", None, None]).as_unit("ns"),
            "sex_code": ["female", "male", "male", "male"],
            "age_years": pd.array([34, 41, None, 20], dtype="Int64"),
        }
    )

    loaded = load("arabic", path)

    pd.testing.assert_frame_equal(loaded.accepted[expected.columns], expected, check_dtype=False)
    assert list(loaded.set_aside["row"]) == [6]
    assert {4, 5} <= set(loaded.issues["row"])
