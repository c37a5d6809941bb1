"""What two desks see of a release before they approve it. All figures invented."""

from __future__ import annotations

import pandas as pd

from hrdresearch.privacy.release import Release
from hrdresearch.run.release_desk import _contributors_said
from hrdresearch.run.release_words import release_in_words

BEFORE = Release(
    "2026-03-31",
    {
        ";": 80, ";sex_code=female": 30, ";sex_code=male": 50, ";identity_codes=lawyer": 0,
        "KEN;": 45, "KEN;sex_code=female": 20, "KEN;sex_code=male": 25,
        "PER;": 25, "PER;sex_code=male": 25,
    },
    as_at={"": "2026-03-31", "KEN": "2025-09-30", "PER": "2026-03-31"},
    approved={},
)  # fmt: skip
NOW = Release(
    "2026-09-30",
    {
        ";": 95, ";sex_code=female": 45, ";sex_code=male": 50, ";identity_codes=lawyer": 5,
        "KEN;": 45, "KEN;sex_code=female": 20, "KEN;sex_code=male": 25,
        "UGA;": 20, "UGA;sex_code=female": 0, "UGA;sex_code=male": 20,
    },
    as_at={"": "2026-09-30", "KEN": "2025-09-30", "UGA": "2026-09-30"},
)  # fmt: skip


def part(title: str, before: Release | None = BEFORE) -> list[str]:
    """Lines under one title."""
    lines = list(release_in_words(NOW, before))
    begin = next(n for n, line in enumerate(lines) if line.startswith(title))
    ends = [n for n, line in enumerate(lines) if n > begin and not line.startswith(" ")]
    return lines[begin : min([*ends, len(lines)])]


def test_areas_come_first_then_classes_and_at_the_end_what_has_no_number() -> None:
    titles = [line for line in release_in_words(NOW, BEFORE) if not line.startswith(" ")][2:]
    assert [title.partition(":")[0] for title in titles] == [
        *("The whole list", "Kenya", "Uganda", "Peru"),
        *("The whole list, by class", "Kenya, by class", "Uganda, by class"),
        "Printed without a number, because fewer than 5 (or nobody) each",
    ]
    assert part("Printed")[1:] == ["  Uganda, sex or gender: Female"]


def test_each_figure_stands_in_words_beside_the_one_before_with_advice() -> None:
    assert part("The whole list: ") == [
        "The whole list: drawn anew, because ten persons or more changed since 2026-03-31",
        "  all persons: 95 (before: 80)",
    ]
    assert part("The whole list, by class") == [
        "The whole list, by class:",
        "  sex or gender: Female: 45 (before: 30)",
        "    Look: it changed by more than a third: did one organization bring or take these cases?",
        "  sex or gender: Male: 50 (as before)",
        "  identity: Lawyers: 5 (before: fewer than 5)",
        "    Look: a sensitive class of few: is it one organization, one family, one trial? It can be left "
        "out: --leave-out identity_codes=lawyer",
        "    Look: it rose to 5 or more: is somebody of this class in the news?",
    ]


def test_an_area_that_stands_says_so() -> None:
    assert part("Kenya: ") == [
        "Kenya: stands as in the edition of 2025-09-30, too few persons changed",
        "  all persons: 45 (as before)",
    ]


def test_a_new_small_state_with_one_answer_is_looked_at() -> None:
    assert part("Uganda: ") == [
        "Uganda: told for the first time",
        "  all persons: 20 (not told before)",
        "  Look: it stands alone for the first time: has each organization that contributed to it agreed?",
        "  Look: it is small (about 20 persons): would people there know who they are?",
        "  Look: nearly all persons here share one answer (sex or gender: Male): who is known to be on "
        "the list is then known to share it",
    ]


def test_a_state_that_is_no_longer_told_and_a_figure_that_changed_alone() -> None:
    assert part("Peru: ") == [
        "Peru: no longer told",
        "  Look: does this reveal that a person or an organization has left?",
    ]
    alone = Release(NOW.edition, {**BEFORE.cells, "KEN;sex_code=male": 30}, as_at=BEFORE.as_at)
    lines = list(release_in_words(alone, BEFORE))
    at = lines.index("  sex or gender: Male: 30 (before: 25)")
    assert lines[at + 1].startswith("    Look: it changed alone in its area")
    assert sum("changed alone" in line for line in lines) == 1


def test_the_first_edition_has_no_figures_beside_it() -> None:
    lines = list(release_in_words(NOW, None))
    assert lines[0] == (
        "Edition of 2026-09-30 (a fixed day, not the day of the list); "
        "nothing of this list has left before"
    )
    assert not any("before:" in line or "as before)" in line for line in lines)


def test_an_area_drawn_for_an_edition_that_did_not_leave_says_so() -> None:
    since = Release(NOW.edition, BEFORE.cells, as_at={**BEFORE.as_at, "KEN": "2026-06-30"})
    told = list(release_in_words(since, BEFORE))
    assert "Kenya: stands as drawn for the edition of 2026-06-30, which did not leave" in told


def test_medians_stand_in_words_and_a_code_is_no_missing_year() -> None:
    cells = {";": 80, ";wgad_codes=none": 60, ";event_year=none": 5}
    now = Release("2026-09-30", cells, medians={";age_years=median": "45-60"}, as_at={"": "x"})
    before = Release("2026-03-31", cells, medians={";age_years=median": "60-"}, as_at={"": "x"})
    told = list(release_in_words(now, before))
    assert told[-2:] == [
        "  age years: median from 45 to under 60 (before: 60 or more)",
        "    Look: its class changed: did cases of one kind come or go together?",
    ]
    assert "  year of the event: not recorded: 5 (as before)" in told
    [code] = [line for line in told if line.startswith("  categories found")]
    assert "not recorded" not in code


def test_a_class_that_fell_below_5_is_looked_at() -> None:
    fell = Release(NOW.edition, {**NOW.cells, ";sex_code=female": 0}, as_at=NOW.as_at)
    lines = list(release_in_words(fell, BEFORE))
    at = lines.index("  sex or gender: Female: fewer than 5 (before: 30)")
    assert lines[at + 1] == (
        "    Look: it fell to fewer than 5: would somebody notice who is gone?"
    )


def test_a_change_that_one_or_two_contributors_may_have_made_is_looked_at() -> None:
    rows = pd.DataFrame({"person": list("abcd"), "contributor": list("xxyy")})
    unknown = rows.assign(contributor="")
    said = [
        list(_contributors_said("", r, "person", new)) for r in (rows, unknown) for new in (1, 0)
    ]
    few = "Look: so few organizations caused this change that each can see from it what the other brought"
    one = "Look: one organization may have caused the whole change: ask whose cases came or went"
    assert [(few in lines, one in lines) for lines in said] == [
        (True, False), (False, False), (False, True), (False, False)
    ]  # fmt: skip
