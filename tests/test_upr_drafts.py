"""Drafts of the Working Group: numbers, brackets and positions; States and texts are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_files import paragraph, word_file

from hrdresearch.linkage.versions import keep_latest_versions
from hrdresearch.sources import Loaded, SourceError, load
from hrdresearch.sources.brackets import split_off_states
from hrdresearch.sources.positions import position_of
from hrdresearch.sources.recommendations_sheet import state_code

STATES = {
    "Brazil": "BRA", "Venezuela (Bolivarian Republic of)": "VEN", "Iran (Islamic Republic of)": "IRN",
    "Micronesia (Federated States of)": "FSM", "Kingdom of the Netherlands": "NLD",
    "Netherlands (Kingdom of the)": "NLD", "Türkiye": "TUR", "Turkey": "TUR", "Holy See": "VAT",
    "State of Palestine": "PSE", "Bosnia and Herzegovina": "BIH", "Trinidad and Tobago": "TTO",
    "Bolivia (Plurinational State of)": "BOL", "Côte d’Ivoire": "CIV", "Guinea-Bissau": "GNB",
    "Democratic People's Republic of Korea": "PRK", "Republic of Korea": "KOR", "Congo": "COG",
    "Democratic Republic of the Congo": "COD", "Sao Tome and Principe": "STP", "Sudan": "SDN",
    "United Kingdom of Great Britain and Northern Ireland": "GBR", "South Sudan": "SSD",
    "Lao People’s Democratic Republic": "LAO", "Saint Vincent and the Grenadines": "VCT",
}  # fmt: skip
JOINTS = (") (", "); (", ");(", "), (", ")(", ") and (", "; ", ", ", " / ")
ENDS = ("", ";", ".", " ;", ");", "1", ";2", ".[3]", "*", " *;", "²")
TEXTS = ("Ratify the treaty", "Adopt the law (Act 7) of 2019", "Protect defenders (OPCAT), at once",
         "Do (a) this; and (b) that", "Raise the share to 5 per cent", "Free all (see above)")  # fmt: skip


@given(
    text=st.sampled_from(TEXTS),
    names=st.lists(st.sampled_from(sorted(STATES)), min_size=1, max_size=6, unique_by=STATES.get),
    joint=st.sampled_from(JOINTS),
    end=st.sampled_from(ENDS),
)
def test_every_state_of_every_bracket_is_read_and_the_text_stays(
    text: str, names: list[str], joint: str, end: str
) -> None:
    found = split_off_states(f"{text} ({joint.join(names)}){end}")
    assert [state_code(name) for name in found.states] == [STATES[name] for name in names]
    assert found.text == text
    assert (found.unknown, found.requests) == ("", 1)


@given(
    names=st.lists(st.sampled_from(sorted(STATES)), min_size=1, max_size=3, unique_by=STATES.get)
)
def test_a_bracket_that_is_not_closed_or_not_opened_is_read(names: list[str]) -> None:
    codes = [STATES[name] for name in names]
    unclosed = split_off_states(f"Ratify the treaty ({'; '.join(names)}")
    assert [state_code(name) for name in unclosed.states] == codes
    unopened = split_off_states(f"Ratify the treaty {names[0]});")
    assert [state_code(name) for name in unopened.states] == codes[:1]
    assert unclosed.text == unopened.text == "Ratify the treaty"


@given(st.text(alphabet="ab (),;.[]1*é–/", max_size=60))
def test_no_text_breaks_the_reader_of_brackets(text: str) -> None:
    found = split_off_states(text)
    assert found.states == ()
    assert found.requests == 1


def test_two_requests_in_one_paragraph_keep_the_states_of_both() -> None:
    found = split_off_states(
        "Consider the treaty (Chile); (Fiji); Ratify the treaty (Turkey) (Brazil);"
    )
    assert [state_code(name) for name in found.states] == ["CHL", "FJI", "TUR", "BRA"]
    assert found.text == "Consider the treaty; Ratify the treaty"
    assert found.requests == 2


@pytest.mark.parametrize(
    ("text", "states", "unknown"),
    [
        ("Ratify it (Brazil, on behalf of a group of States)", ["BRA"], ""),
        ("Ratify it (Chile, Atlantis)", ["CHL"], "Atlantis"),
        ("Ratify it (Chile (Peru)", ["CHL", "PER"], ""),
        ("Ratify the protocol (OPCAT)", [], "OPCAT"),
        ("Ratify it, as asked before (Chile said so)", [], "Chile said so"),
        ("Protect persons in the north (Chile) and south", [], ""),
    ],
)
def test_what_is_no_state_is_told_and_not_counted(
    text: str, states: list[str], unknown: str
) -> None:
    found = split_off_states(text)
    assert [state_code(name) for name in found.states] == states
    assert found.unknown == unknown


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("6. The following recommendations will be examined by Fiji, which will provide responses in "
         "due time, but no later than the sixty-third session of the Council:", "pending"),
        ("The recommendations will be examined by Fiji; those that enjoy its support will stand in the "
         "outcome report.", "pending"),
        ("77. The recommendations listed below have been examined by Fiji and enjoy the support of "
         "Fiji:", "supported"),
        ("The following recommendations enjoy the support of Fiji, which considers that they are "
         "already implemented, as noted in its statement:", "supported"),
        ("78. The recommendations below did not enjoy the support of Fiji and would thus be noted:",
         "noted"),
        ("The recommendations below have been examined by Fiji and have been noted by Fiji:", "noted"),
        ("Fiji supports in part the following recommendations:", "mixed"),
        ("Les recommandations ci-après seront examinées par les Fidji, qui y répondront en temps voulu",
         "pending"),
        ("Les recommandations ci-après ne recueillent pas l’adhésion des Fidji", "noted"),
        ("Las recomendaciones que figuran a continuación cuentan con el apoyo de Fiji", "supported"),
        ("Supported", "supported"), ("Not supported", "noted"), ("Supported/Noted", "mixed"),
        ("Under consideration", "pending"), ("Noted", "noted"), ("", "not_recorded"),
    ],
)  # fmt: skip
def test_a_heading_gives_the_position(heading: str, code: str) -> None:
    assert position_of(heading) == code


def draft(folder: Path, *paragraphs: str, numbering: str = "", styles: str = "") -> Loaded:
    file = word_file(folder / "Fiji - draft.docx", "".join(paragraphs), header="A/HRC/63/99",
                     numbering=numbering, styles=styles)  # fmt: skip
    return load("wg-draft", file)


def found_in(found: Loaded) -> list[tuple[str, str, str]]:
    rows = found.accepted
    return list(zip(rows["paragraph"], rows["recommending"], rows["response_code"], strict=True))


def test_positions_follow_the_headings_and_the_dialogue_holds_no_recommendation(
    tmp_path: Path,
) -> None:
    found = draft(
        tmp_path,
        paragraph("Report of the Working Group on the Universal Periodic Review"),
        paragraph("5. Chile noted the recommendations that Fiji had accepted."),
        paragraph("5.2 million persons had voted (Chile)."),
        paragraph("II. Conclusions and/or recommendations"),
        paragraph("6. The recommendations below enjoy the support of Fiji:"),
        paragraph("6.1 Ratify the treaty (Chile);"),
        paragraph("6.2."), paragraph("Adopt the law (Türkiye) (Peru)."),
        paragraph("7. The recommendations below will be examined by Fiji:"),
        paragraph("7.1. Free them (Iran (Islamic Republic of));1"),
        paragraph("8. All conclusions and/or recommendations reflect the position of the States."),
    )  # fmt: skip
    assert found_in(found) == [
        ("6.1", "CHL", "supported"), ("6.2", "TUR|PER", "supported"), ("7.1", "IRN", "pending"),
    ]  # fmt: skip
    row = found.accepted.iloc[0]
    assert (row["state_iso3"], row["session"], row["position_status_code"]) == ("FJI", 52, "draft")


def level(at: int, text: str, *, start: int = 1, style: str = "") -> str:
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="decimal"/>{linked}'
            f'<w:lvlText w:val="{text}"/></w:lvl>')  # fmt: skip


def test_numbers_of_lists_that_start_anew_or_bring_their_own_levels(tmp_path: Path) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level(0, "6.%1")}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Items"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="1"/>{level(0, "7.%1.")}</w:lvlOverride></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
    )
    styles = (
        '<w:style w:styleId="Item"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Items"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    found = draft(
        tmp_path,
        paragraph("Ratify the treaty (Chile);", style="Item"),
        paragraph("Adopt the law (Peru);", num=1),
        paragraph("Free them (Fiji);", num=2),
        paragraph("Train judges (Kenya);", num=2),
        paragraph("Repeal the decree (Chad);", num=3),
        paragraph("Invite the mandate (Mali);", num=3),
        numbering=numbering, styles=styles,
    )  # fmt: skip
    numbers = found.accepted["paragraph"].tolist()
    assert numbers == ["6.1", "6.2", "6.9", "6.10", "7.1", "7.2"]
    assert found.issues["what"].str.contains(r"6\.[3-8] is missing").sum() == 6


def test_a_name_that_is_no_state_and_two_requests_in_one_are_told(tmp_path: Path) -> None:
    found = draft(
        tmp_path,
        paragraph("6.1 Ratify the treaty (Chile, Atlantis);"),
        paragraph("6.2 Adopt a law (Peru); Repeal a law (Fiji);"),
        paragraph("6.3 Free them."),
    )
    told = found.issues.set_index("row")["what"].to_dict()
    assert "no State" in told[2]
    assert "several requests" in told[3]
    assert "hold no known State" in told[4]
    assert found.accepted["recommending"].tolist() == ["CHL", "PER|FJI", ""]


def test_hidden_and_moved_text_is_not_read(tmp_path: Path) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>(Peru)</w:t></w:r>"
    moved = "<w:moveFrom><w:r><w:t>(Fiji)</w:t></w:r></w:moveFrom>"
    body = f"<w:p><w:r><w:t>6.1 Ratify it (Chile)</w:t></w:r>{hidden}{moved}</w:p>"
    assert draft(tmp_path, body).accepted["recommending"].tolist() == ["CHL"]


def test_a_draft_that_does_not_say_its_state_asks_for_it(tmp_path: Path) -> None:
    file = word_file(tmp_path / "report.docx", paragraph("6.1 Ratify the treaty (Chile)"))
    with pytest.raises(SourceError, match="name of the State into the name of the file"):
        load("wg-draft", file)


def test_the_latest_version_counts_and_takes_over_the_position_that_it_leaves_out(
    tmp_path: Path,
) -> None:
    texts = [paragraph("6. The recommendations will be examined by Fiji:"),
             paragraph("6.1 Ratify the treaty (Chile);"), paragraph("6.2 Free them (Peru);")]  # fmt: skip
    folder = tmp_path / "drafts"
    folder.mkdir()
    for name, parts in (("Fiji - circulated", texts), ("Fiji - amended", texts[1:]),
                        ("Kenya - circulated", texts[1:])):  # fmt: skip
        symbol = "A/HRC/63/1" if "Fiji" in name else "A/HRC/63/2"
        word_file(folder / f"{name}.docx", "".join(parts), header=symbol)
    rows, told = keep_latest_versions(load("wg-draft", folder).accepted)
    assert (
        rows["source_file"].tolist()
        == ["Fiji - amended.docx"] * 2 + ["Kenya - circulated.docx"] * 2
    )
    assert rows["response_code"].tolist() == ["pending"] * 2 + ["not_recorded"] * 2
    assert (
        rows["response_raw"].str.contains("will be examined").tolist() == [True] * 2 + [False] * 2
    )
    assert [(d["file"], d["is_counted"], d["is_taken_over"], d["positions"]) for d in told] == [
        ("Fiji - circulated.docx", False, False, ["pending"]),
        ("Fiji - amended.docx", True, True, ["pending"]),
        ("Kenya - circulated.docx", True, False, []),
    ]


def test_two_numbered_recommendations_in_one_paragraph_of_a_draft_are_two(tmp_path: Path) -> None:
    body = paragraph("6.1 Ratify the treaty (Chile); 6.2. Adopt the law of rule 6.3 (Peru);")
    file = word_file(tmp_path / "Fiji draft.docx", body)
    rows = load("wg-draft", file).accepted
    assert list(zip(rows["paragraph"], rows["recommending"], rows["text"], strict=True)) == [
        ("6.1", "CHL", "Ratify the treaty"), ("6.2", "PER", "Adopt the law of rule 6.3")]  # fmt: skip
    assert set(rows["response_code"]) == {"not_recorded"}
