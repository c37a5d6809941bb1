"""The shape that most findings have: rows that say what they count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from imprisonment_builds import RESTRICTED, make_build

from hrdresearch.findings.make_claims import CountDraft
from hrdresearch.findings.model import Claim, ClaimConflict, Finding
from hrdresearch.studies.imprisonment.detained import DetainedPart
from hrdresearch.studies.imprisonment.study import Imprisonment
from hrdresearch.studies.shapes.count_tables import (
    Share,
    column_heads,
    row_from_draft,
    table_of_counts,
)
from hrdresearch.studies.shapes.published import beside_published
from hrdresearch.studies.shapes.side_by_side_tables import columns_side_by_side

WOMEN = CountDraft("x.women", "women", {"sex_code": "female"}, "detention")
MEN = CountDraft("x.men", "men", {"sex_code": "male"}, "detention")
OTHERS = CountDraft("x.other", "others", {"sex_code": "other"}, "detention")
ALL = CountDraft("x.all", "all", {}, "detention")


def part(tmp_path: Path, sexes: list[str], **more: Any) -> DetainedPart:
    """Spells of detention of persons of these sexes."""
    rows = [{"sex_code": sex} for sex in sexes]
    return Imprisonment(make_build(tmp_path, spells=rows, **more), {}).detained


def printed(finding: Finding) -> list[list[str]]:
    """Rows as a reader sees them."""
    texts = {claim.name: claim.text for claim in finding.claims}
    return [[texts[c.claim] if c.claim else c.text for c in row] for row in finding.rows]


def test_a_row_prints_what_it_counts_and_its_share(tmp_path: Path) -> None:
    study = part(tmp_path, [*["female"] * 10, *["male"] * 30])
    columns = column_heads("Sex", value="Detentions", share="Per cent")
    rows = [("Women", WOMEN, Share(WOMEN, ALL, "women, in per cent"))]
    found = table_of_counts(study, "x", "By sex", columns, rows)
    assert printed(found) == [["Women", "10", "25"]]
    assert {c.name: c.definition for c in found.claims} == {
        "x.women": "Nobody list-d: women",
        "x.all": "Nobody list-d: all",
        "x.women.share": "Nobody list-d: women, in per cent",
    }


def test_a_share_of_fewer_than_thirty_cases_is_not_given_and_says_why(tmp_path: Path) -> None:
    study = part(tmp_path, [*["female"] * 10, *["male"] * 19])
    rows = [("Women", WOMEN, Share(WOMEN, ALL, "women, in per cent"))]
    found = table_of_counts(
        study, "x", "By sex", column_heads("Sex", value="N", share="Per cent"), rows
    )
    assert printed(found) == [["Women", "10", "no share"]]
    told = {c.name: c for c in found.claims}["x.women.share"]
    assert (told.status, told.value) == ("not_computable", None)
    assert told.definition.endswith("women, in per cent: no share is given of fewer than 30 known "
                                    "cases")  # fmt: skip


def test_one_name_that_would_count_two_things_is_refused(tmp_path: Path) -> None:
    study = part(tmp_path, ["female", "male"])
    other = CountDraft("x.women", "men under the name of women", {"sex_code": "male"}, "detention")
    with pytest.raises(ClaimConflict, match=r"'x\.women' is to count two things"):
        table_of_counts(
            study, "x", "By sex", column_heads("Sex", value="N"), [("A", WOMEN), ("B", other)]
        )


def test_empty_rows_leave_the_table_and_stay_claims(tmp_path: Path) -> None:
    study = part(tmp_path, ["female", "male", "male"])
    rows = [row_from_draft(d) for d in (WOMEN, OTHERS, MEN)]
    found = table_of_counts(
        study,
        "x",
        "By sex",
        column_heads("Sex", value="N"),
        rows,
        empty="drop rows",
        largest_first=True,
    )
    assert printed(found) == [["Men", "2"], ["Women", "1"]]
    assert {c.name: c.value for c in found.claims} == {"x.women": 1, "x.other": 0, "x.men": 2}


def test_counts_of_a_restricted_list_are_those_of_its_release(tmp_path: Path) -> None:
    study = part(tmp_path, ["female"] * 2 + ["male"] * 7, policy=RESTRICTED)
    columns = column_heads("Sex", value="N")
    found = table_of_counts(
        study, "x", "By sex", columns, [row_from_draft(WOMEN), row_from_draft(MEN)], beside=[ALL]
    )
    texts = {"fewer than 5", "5", "10"}
    assert {row[1] for row in printed(found)} <= texts


def test_a_row_called_after_its_count_keeps_the_capitals_of_its_words() -> None:
    assert row_from_draft(CountDraft("x", "end after 30 June 2020"))[0] == "End after 30 June 2020"


def test_a_difference_to_a_withheld_total_is_withheld(tmp_path: Path) -> None:
    base: dict[str, Any] = {"unit": "prisoner", "rows": None, "definition": "invented"}
    known = Claim(name="published.census.2019", value=10, text="10", **base)
    own = Claim(name="census.2019", value=None, text="withheld", status="suppressed", **base)
    study = part(tmp_path, ["male"])
    found = beside_published(
        study, "Totals", column_heads("Year"), [(("2019",), known, own, "Nobody")]
    )
    assert printed(found) == [["2019", "10", "withheld", "withheld", "Nobody"]]


def test_a_share_of_what_is_known_says_none_or_not_known_where_nothing_is(tmp_path: Path) -> None:
    study = part(tmp_path, ["male"])
    known = Share(WOMEN, WOMEN, "women, in per cent", asked=ALL)
    nobody = Share(OTHERS, OTHERS, "others, in per cent", asked=OTHERS)
    columns = column_heads("Sex", a="Per cent", b="Per cent")
    found = table_of_counts(study, "x", "By sex", columns, [("All", known, nobody)])
    assert printed(found) == [["All", "not known", "none"]]


def test_hidden_shares_and_rows_without_a_count_are_kept(tmp_path: Path) -> None:
    study = part(tmp_path, [*["female"] * 10, *["male"] * 30])
    share = Share(WOMEN, ALL, "women, in per cent", decimals=1)
    rows = [("A heading",), ("Others", OTHERS)]
    found = table_of_counts(
        study,
        "x",
        "By sex",
        column_heads("Sex", value="N"),
        rows,
        beside=[share],
        empty="drop rows",
    )
    assert printed(found) == [["A heading"]]
    assert {c.name: c.text for c in found.claims}["x.women.share"] == "25.0"


def test_several_columns_of_a_list_stand_side_by_side(tmp_path: Path) -> None:
    study = part(tmp_path, [*["female"] * 10, *["male"] * 30])
    found = columns_side_by_side(
        study,
        "x",
        "By sex",
        column_heads("Sex"),
        lambda _: column_heads("", n="N", share="Per cent")[1:],
        [(("Women",), "female"), (("Others",), "other")],
        {p.slug: {"female": (WOMEN, Share(WOMEN, ALL, "women"))} for p in study.populations},
    )
    assert [column.key for column in found.columns] == ["label", "n", "share"]
    assert printed(found) == [["Women", "10", "25"], ["Others", "not covered", "not covered"]]
