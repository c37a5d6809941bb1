"""Identifiers that a restricted list holds are found on a page in other spellings. All invented."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrdresearch.names.identifiers import (
    KINDS,
    certain_identifiers,
    identifiers_in_cell,
    possible_identifiers,
)
from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.names_index import NamesIndex
from hrdresearch.privacy.scan import scan_report
from hrdresearch.sources import load

KEY = Key("killings", b"k" * 32)
CELLS = {
    "telephone number": "+234 803 123 4567",
    "local number": "0701 555 0123",
    "e-mail address": "zunela.t@example.org",
    "handle": "see @zunela_77 for more",
    "profile": "https://twitter.com/testalore",
    "national id": "ID 8001015009087",
    "passport": "AB7654329",
    "plate": "KAA 123B",
    "coordinates": "6.52438, 3.37921",
}
ON_PAGE = {
    "telephone number": ["0803-123-4567", "+2348031234567", "(0803) 123 45 67", "٠٨٠٣ ١٢٣ ٤٥٦٧"],
    "local number": ["+254 701 555 0123", "0701.555.0123"],
    "e-mail address": ["ZUNELA.T@example.org", "zunela.t (at) example (dot) org",
                       "zunela dot t at example dot org"],
    "handle": ["@zunela_77", "Zunela_77", "instagram.com/zunela_77"],
    "profile": ["@testalore"],
    "national id": ["8001015009087", "800101 5009 087", "800101-5009-087"],
    "passport": ["AB 7654329", "ab7654329", "AB-765-4329"],
    "plate": ["KAA 123B", "KAA-123B", "kaa123b", "KAA123B"],
    "coordinates": ["6.524,3.379", "6.52438 N, 3.37921 E", "lat 6.5244, lon 3.3792"],
}  # fmt: skip


def index_of(*cells, names=()):
    forms = {form for cell in cells for form in identifiers_in_cell(cell)}
    return build_index([NameEntry(n) for n in names], KEY, (), frozenset({"reports"}), forms)


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, texts in ON_PAGE.items() for t in texts])
def test_an_identifier_of_the_list_is_found_in_another_spelling(kind, text):
    assert index_of(CELLS[kind]).find(f"It was {text} that they asked for")
    others = index_of(*(cell for name, cell in CELLS.items() if name != kind))
    assert not others.find(f"It was {text} that they asked for")


@pytest.mark.parametrize(
    "cell",
    ["2021-05-31", "31/05/2021", "2019-2020", "aged 45", "A/HRC/40/60/Add.1", "20210531", "3.5",
     "Law 1448 of 2011", "250000 hectares in 2019", "killed in May 2020, 12 others"],
)  # fmt: skip
def test_dates_symbols_and_plain_numbers_of_a_list_are_no_identifiers(cell):
    assert identifiers_in_cell(cell) == set()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Write to zunela@example.org", ["e-mail address"]),
        ("zunela at example dot org", ["e-mail address"]),
        ("+41 22 555 01 23", ["telephone number"]),
        ("6.5244, 3.3792", ["coordinates"]),
        ("6°31'28\"N", ["coordinates"]),
        ("1,234, 45,678 and 90,123", []),
        ("A/75/165, paras. 7 (c), 30, 50 and 91 (b)", []),
        ("At 12.5, 13.5 and 2,744 persons; 2019-2020", []),
    ],
)
def test_patterns_of_identifiers(text, kinds):
    assert [found.kind for found in certain_identifiers(text)] == kinds


def test_a_handle_that_is_a_word_of_the_page_counts_behind_its_sign_only():
    index = index_of("@reports")
    assert index.find("by @reports") and not index.find("the reports say")


CARRIERS = {
    "report.html": '<html><body><p title="x">Call 0803 123 4567</p></body></html>',
    "attribute.html": '<html><body><p title="0803 123 4567">x</p></body></html>',
    "link.html": '<html><body><a href="tel:+2348031234567">x</a></body></html>',
    "claims.json": json.dumps({"note": "0803 123 4567"}),
    "numbers.json": json.dumps({"number": 2348031234567}),
    "place.json": json.dumps({"lat": 6.52438, "lon": 3.37921}),
    "manifest.json": json.dumps({"operator": "zunela.t@example.org"}),
}


@pytest.mark.parametrize("file", CARRIERS)
def test_an_identifier_is_found_in_each_carrier_and_not_repeated(tmp_path, file):
    (tmp_path / file).write_text(CARRIERS[file], encoding="utf-8")
    hits = scan_report(tmp_path, index_of(*CELLS.values()))
    assert hits and "4567" not in repr(hits)


def test_patterns_block_the_page_of_a_restricted_list_and_no_other(tmp_path):
    (tmp_path / "report.html").write_text("<p>Write to other@example.org</p>", encoding="utf-8")
    assert scan_report(tmp_path, index_of(names=["Zunela Testalore"]))
    public = build_index([NameEntry("Zunela Testalore", is_public=True)], KEY)
    assert scan_report(tmp_path, public) == []
    own = build_index([NameEntry("Zunela Testalore")], KEY, (), frozenset({"other@example.org"}))
    assert scan_report(tmp_path, own) == []


def test_a_drawing_is_no_place_and_no_telephone_number(tmp_path):
    path = " L ".join(f"{n}.12 {n}.25" for n in range(100, 200))
    body = f'<svg><g transform="translate(12.3456 45.6789)"><path d="M {path}"/></g></svg>'
    (tmp_path / "report.html").write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    assert scan_report(tmp_path, index_of(*CELLS.values(), names=["Zunela Testalore"])) == []


def test_identifiers_are_kept_as_hashes_and_come_back_with_the_index():
    data = index_of(*CELLS.values()).to_bytes()
    assert b"example.org" not in data
    assert NamesIndex.from_bytes(data, KEY).find("0803 123 4567")


def test_a_restricted_list_gives_identifiers_also_of_columns_that_are_not_read(tmp_path):
    header = "case_id,date,state,name,sex,age,identity,cause,perpetrator,defender,motive,threats,"
    header += "accountability,phone"
    row = "1,2021-05-31,Kenya,Zunela Testalore,female,40,,,,,,,,0803 123 4567"
    path = tmp_path / "list.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    loaded = load("restricted-list", path)
    assert "phone 31234567" in loaded.identifiers and "4567" not in repr(loaded)


def test_only_the_kinds_that_are_asked_for_are_looked_for():
    text = "KAA 123B, @zunela_t, 0803 123 4567, zunela@example.org, 12.3456, 7.8912"
    every = {found.form for found in possible_identifiers(text)}
    for kind in KINDS:
        own = {form for form in every if form.startswith(f"{kind} ")}
        assert own and {found.form for found in possible_identifiers(text, {kind})} == own


@settings(max_examples=200, deadline=None)
@given(st.text("0123456789 -./()+@abN°,", max_size=40))
def test_any_text_can_be_searched_for_identifiers(text):
    assert identifiers_in_cell(text) is not None
    for found in [*possible_identifiers(text), *certain_identifiers(text)]:
        assert 0 <= found.start < found.end <= len(text)
