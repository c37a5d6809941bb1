"""News reports on attacks: what happened, by whom, to whom, where, and when as exactly as told."""

from __future__ import annotations

import pytest

from hrdresearch.coding.incident import code_incident
from hrdresearch.run.tasks import incident
from hrdresearch.text.dates import resolve_date

PUBLISHED = "2021-03-08 23:00:34"  # a Monday


@pytest.mark.parametrize(
    ("text", "published", "iso", "precision"),
    [
        ("Gunmen kidnapped a reporter on 26 February 2021.", "", "2021-02-26", "day"),
        ("The lawyer was arrested on March 3rd, 2020.", "", "2020-03-03", "day"),
        ("In 2016, May 13, soldiers shot the lawyer.", PUBLISHED, "2016-05-13", "day"),
        ("She was detained on 26 February.", PUBLISHED, "2021-02-26", "day"),
        ("He was shot on December 30.", PUBLISHED, "2020-12-30", "day"),
        ("He was shot on December 30.", "", "", "none"),
        ("Police beat him yesterday.", PUBLISHED, "2021-03-07", "day"),
        ("An activist was killed on Friday.", PUBLISHED, "2021-03-05", "day"),
        ("The raid took place on 2019-11-02.", "", "2019-11-02", "day"),
        ("The raid took place on 25/11/2019.", "", "2019-11-25", "day"),
        ("The raid took place on 05/11/2019.", "", "2019", "year"),
        ("He was abducted in May 2018.", "", "2018-05", "month"),
        ("She was jailed in 2019.", "", "2019", "year"),
        ("He was arrested on 31 February 2020.", "", "2020-02", "month"),
        ("A union leader was attacked.", PUBLISHED, "", "none"),
        ("A union leader was attacked.", "", "", "none"),
        ("The reporter was shot two weeks ago.", PUBLISHED, "2021-02", "month"),
        ("She was kidnapped on the eve of Human Rights Day 2020.", "", "2020-12-09", "day"),
        ("The attack was in the night of 3 to 4 June.", PUBLISHED, "2020-06-03", "day"),
    ],
)
def test_a_date_is_as_exact_as_the_report_and_no_more(
    text: str, published: str, iso: str, precision: str
) -> None:
    read = code_incident(text, published)
    assert (read.date, resolve_date(read.date).precision) == (iso, precision)


@pytest.mark.parametrize(
    ("text", "published", "iso"),
    [
        (
            "Gunmen abducted two land defenders on 4 June 2020, the commission said. The law on "
            "assemblies of 12 January 1998 does not apply to them, according to the ministry.",
            "2020-06-10",
            "2020-06-04",
        ),
        (
            "Release the editor, her union said on Monday. She was arrested on 4 February 2021.",
            PUBLISHED,
            "2021-02-04",
        ),
        ("The reporter, born on 3 May 1980, was seized on 2 June 2020.", "", "2020-06-02"),
        ("Men took the defender away. Her family learned of it on 5 May 2020.", "", ""),
        ("The union was founded in 1990. A company threatened its leader.", "", ""),
        ("A blogger was killed on 4 June 2022.", "2021-03-08", ""),
        ("Three students were arrested. The court hears them on March 20.", PUBLISHED, ""),
    ],
)
def test_the_date_of_the_act_is_taken_and_no_other(text: str, published: str, iso: str) -> None:
    assert code_incident(text, published).date == iso


@pytest.mark.parametrize(
    ("text", "violation", "perpetrator", "victim", "state"),
    [
        (
            "Police in Kenya arrested a journalist and kept her in custody.",
            "arbitrary_detention",
            "state_actor",
            "journalist",
            "KEN",
        ),
        (
            "Gunmen shot dead an environmentalist, a land defender and activist in the "
            "Philippines; armed men and bandits had come before.",
            "killing",
            "actors_without_permissions",
            "human_rights_defender",
            "PHL",
        ),
        (
            "Soldiers tortured and beat a trade union leader after a strike of workers in "
            "Belarus, the federation said.",
            "torture",
            "state_actor",
            "trade_unionist",
            "BLR",
        ),
        (
            "A blogger and reporter was kidnapped by bandits in Nigeria for ransom.",
            "kidnapping",
            "actors_without_permissions",
            "journalist",
            "NGA",
        ),
    ],
)
def test_a_report_is_read_for_what_by_whom_to_whom_and_where(
    text: str, violation: str, perpetrator: str, victim: str, state: str
) -> None:
    found = code_incident(text)
    assert violation in found.violations
    assert victim in found.victims
    assert (found.perpetrator, found.state_iso3) == (perpetrator, state)


def test_a_report_that_says_nothing_is_coded_as_such() -> None:
    found = code_incident("The weather will be fine.")
    assert (found.violations, found.perpetrator) == (("unknown",), "insufficient_information")
    assert (found.state_iso3, found.date) == (None, "")


def test_acts_are_told_with_the_place_and_by_whom() -> None:
    found = code_incident(
        "Customs officers in Lagos, Nigeria, beat the reporter and seized her camera on 3 May 2020. "
        "She was charged with trespass.",
    )
    assert found.acts == ("charge", "physical_attack", "equipment_search")
    assert (found.place, found.perpetrator, found.date) == ("Lagos", "state_actor", "2020-05-03")


@pytest.mark.parametrize(
    ("text", "acts", "perpetrator", "violations"),
    [
        (
            "Police arrested labour activist Talo Merrin",
            "arrest",
            "state_actor",
            "arbitrary_detention",
        ),
        (
            "Immigration officials arrested the nurse",
            "arrest",
            "state_actor",
            "arbitrary_detention",
        ),
        ("Police arrested five activists", "arrest", "state_actor", "arbitrary_detention"),
        ("Police released the activist", "release", "state_actor", "unknown"),
        ("Charges against the teacher were dropped", "charges_dropped", None, "unknown"),
        (
            "Charges of fraud against the four nurses were later dropped",
            "charges_dropped",
            None,
            "unknown",
        ),
        ("The poet was held for two days", "arrest", None, "unknown"),
        ("A protest was held for two hours", "", None, "other"),
        (
            "Prosecutors dropped the terrorism charges against the leader",
            "charges_dropped",
            "state_actor",
            "unknown",
        ),
        (
            "The appeals court acquitted the activist",
            "acquittal",
            "insufficient_information",
            "unknown",
        ),
        (
            "The student was beaten with a stick",
            "physical_attack",
            "insufficient_information",
            "torture",
        ),
        ("The law on foreign agents hit the choir", "", "insufficient_information", "unknown"),
        ("The shop was charged a fee", "", "insufficient_information", "unknown"),
        ("The photographer received death threats", "threat", "insufficient_information", "other"),
    ],
)
def test_short_sentences_tell_their_act_and_nobody_who_did_not_do_it(
    text: str, acts: str, perpetrator: str | None, violations: str
) -> None:
    found = code_incident(text)
    assert ("|".join(found.acts), "|".join(found.violations)) == (acts, violations)
    assert perpetrator in (None, found.perpetrator)


@pytest.mark.parametrize(
    "text",
    ["The activist was denied access to a doctor", "A doctor's visit to the activist was denied"],
)
def test_who_was_not_seen_by_a_doctor_is_the_victim_and_no_doctor_is(text: str) -> None:
    assert code_incident(text).victims == ("human_rights_defender",)


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        (
            "The potter denied that he was beaten by guards, and denies the charges of theft.",
            "charge",
        ),
        ("Nobody was charged with the murder; the guard was never arrested nor beaten.", ""),
    ],
)
def test_a_denied_act_is_not_told_and_a_denied_charge_is(text: str, acts: str) -> None:
    assert "|".join(code_incident(text).acts) == acts


@pytest.mark.parametrize(
    ("text", "violations"),
    [
        ("Gang members beat the union leader with iron bars.", ("other",)),
        ("Policemen beat the union leader with iron bars.", ("torture",)),
        ("She was not arrested; the company threatened her.", ("other",)),
        ("The detained writer was threatened by a guard.", ("other",)),
        ("Soldiers took the defender away; all deny holding him.", ("enforced_disappearance",)),
    ],
)
def test_what_is_denied_or_only_told_of_a_person_is_no_act(
    text: str, violations: tuple[str, ...]
) -> None:
    assert code_incident(text).violations == violations


def test_a_date_written_out_that_is_the_day_of_publication_is_taken_for_a_byline() -> None:
    text = "By a reporter. August 25, 2020. Police arrested a defender of the river on August 21."
    assert code_incident(text, "2020-08-25").date == "2020-08-21"
    assert code_incident(text, "2020-08-27").date == "2020-08-25"


def test_the_state_of_an_annotator_is_read_in_whichever_field_and_words() -> None:
    given = [
        ("Kenya", "", ""),
        ("Africa", "Addis Ababa", "Ethiopia"),
        ("Yemeni", "None", "None"),
        ("Texas", "None", "None"),
        ("Myanmar and Iran", "None", "None"),
        ("None", "None", "None"),
    ]
    read = [
        incident._state_of({"country": country, "region": region, "city": city})
        for country, region, city in given
    ]
    assert read == ["KEN", "ETH", "YEM", "USA", "none", "none"]


@pytest.mark.parametrize(
    ("text", "perpetrator", "victims", "violations"),
    [
        ("The villagers were beaten near the dam.", "insufficient_information", True, "torture"),
        ("Police beat the residents of the valley.", "state_actor", True, "torture"),
        ("Villagers attacked the journalist with sticks.", "other_non_state", False, "other"),
        ("The journalist was attacked by residents.", "other_non_state", False, "other"),
        ("The drummer was granted bail and thanked the choir.", "insufficient_information", True, "unknown"),
    ],
)  # fmt: skip
def test_neighbours_are_victims_unless_they_did_it_and_bail_is_no_detention(
    text: str, perpetrator: str, victims: bool, violations: str
) -> None:
    read = code_incident(text)
    assert read.perpetrator == perpetrator
    assert ("insufficient_information" in read.victims) == victims
    assert set(read.violations) <= {violations, "other"}


def test_a_charge_is_told_late_in_a_text_on_an_arrest_and_not_in_another() -> None:
    between = " The choir has sung in the valley for many years." * 20
    charge = " The potter was charged with trespass."
    assert code_incident(f"Police arrested the potter.{between}{charge}").acts == (
        "arrest",
        "charge",
    )
    assert code_incident(f"Thieves attacked the activist.{between}{charge}").acts == (
        "physical_attack",
    )


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Officers on horses charged at the protesters.", ""),
        ("The man was charged with assaulting a reporter.", ""),
        ("The shop owner was arrested for punching two photographers.", ""),
        ("She filmed a march to protest the acquittal of a guard.", ""),
        ("The reporter was arrested for trespass.", "arrest"),
        ("The reporter was booked on a count of obstruction.", "charge"),
    ],
)
def test_what_was_done_to_attackers_is_no_act_against_defenders(text: str, acts: str) -> None:
    assert "|".join(a for a in code_incident(text).acts if a != "physical_attack") == acts
