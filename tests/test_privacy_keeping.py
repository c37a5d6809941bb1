"""Keys, vault, consent, withdrawal and logs. All persons invented."""

import datetime as dt
import io
import stat

import pandas as pd
import pytest

from hrdresearch.linkage.prisoners import person_name_keys
from hrdresearch.privacy import identity as identities
from hrdresearch.privacy import vault
from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.consent import (
    COLUMNS,
    Consent,
    answers_in_force,
    read_consent,
)
from hrdresearch.privacy.identity import refuse_same_medium
from hrdresearch.privacy.keys import Key, KeyProblem, account_id, name_digest, pseudonym, study_key
from hrdresearch.privacy.make_release import _moved
from hrdresearch.privacy.redaction import WITHHELD, redact_names
from hrdresearch.privacy.withdraw import (
    WithdrawalError,
    add_withdrawn_marks,
    apply_withdrawal,
    leave_tombstones,
    plan_withdrawal,
    read_withdrawn,
)
from hrdresearch.run.sealed_lists import keeping_of

NAME = "Zúñela Testal"
INDEX = build_index([NameEntry(NAME)], Key("killings", b"k" * 32))


def permitted_names(consents, on_date):
    """Public names that may be printed on a day, by person."""
    told = answers_in_force(consents, "named", on_date)
    return {person: one.public_name for person, one in told.items() if one is not None}


@pytest.fixture
def keys(tmp_path, monkeypatch):
    folder = tmp_path / "keys"
    monkeypatch.setenv("HRD_KEYS", str(folder))
    return folder


def test_a_key_is_made_once_a_study_and_only_its_owner_reads_it(keys):
    key = study_key("killings")
    assert study_key("killings") == key and study_key("upr").secret != key.secret
    assert stat.S_IMODE((keys / "killings.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert [path.name for path in sorted(keys.iterdir())] == ["killings.key", "upr.key"]


def test_a_key_that_others_can_read_is_refused(keys):
    study_key("killings")
    (keys / "killings.key").chmod(0o644)
    with pytest.raises(KeyProblem, match="chmod 600"):
        study_key("killings")


def test_a_missing_or_damaged_key_is_refused(keys):
    with pytest.raises(KeyProblem, match="no key of study"):
        study_key("killings", create=False)
    study_key("killings")
    (keys / "killings.key").write_bytes(b"short")
    with pytest.raises(KeyProblem, match="damaged"):
        study_key("killings")


def test_a_study_name_cannot_leave_the_folder(keys):
    with pytest.raises(ValueError, match="no study"):
        study_key("../killings")


def test_nothing_prints_a_key_and_its_fingerprint_is_short(keys):
    key = Key("killings", b"k" * 32)
    assert "kkk" not in repr(key) and len(key.fingerprint) == 12


def test_pseudonyms_differ_by_study_and_keep_parts_apart():
    key, other = Key("killings", b"k" * 32), Key("upr", b"u" * 32)
    assert pseudonym(key, "ab", "c") == pseudonym(key, "ab", "c") != pseudonym(key, "a", "bc")
    assert pseudonym(key, "ab") != pseudonym(other, "ab") and len(pseudonym(key, 1)) == 20


def test_a_sealed_file_opens_with_its_identity_only(tmp_path):
    recipient = vault.make_identity(tmp_path / "away" / "identity.txt")
    vault.make_identity(tmp_path / "away" / "other.txt")
    raw = tmp_path / "raw" / "list.csv"
    raw.parent.mkdir()
    raw.write_text(f"name\n{NAME}\n", encoding="utf-8")
    sealed = vault.seal_file(raw, recipient)
    assert not raw.exists() and vault.is_sealed(sealed) and b"Testal" not in sealed.read_bytes()
    assert NAME in vault.unseal_file(sealed, tmp_path / "away" / "identity.txt").decode()
    with pytest.raises(vault.VaultProblem, match="another identity"):
        vault.unseal_file(sealed, tmp_path / "away" / "other.txt")
    assert vault.recipient_of(tmp_path / "away" / "identity.txt") == recipient


def test_a_restricted_source_refuses_to_build_without_the_vault(tmp_path):
    raw, work = tmp_path / "raw" / "list.csv", tmp_path / "work"
    raw.parent.mkdir()
    raw.write_text("name\n", encoding="utf-8")
    away, beside = tmp_path / "away" / "identity.txt", raw.parent / "identity.txt"
    recipient = vault.make_identity(away)
    vault.make_identity(beside)
    vault.make_identity(work / "identity.txt")
    for identity, words in [
        (None, "there is no identity"),
        (tmp_path / "none", "no such file"),
        (beside, "another disk"),
        (work / "identity.txt", "another disk"),
        (away, "lies open"),
    ]:
        with pytest.raises(vault.VaultProblem, match=words):
            vault.require_vault(raw, identity, [work])
    assert vault.require_vault(vault.seal_file(raw, recipient), away, [work]) == away


def consent(**changes):
    facts = {"person": "p1", "purpose": "named", "date": dt.date(2026, 1, 1), "given_by": "self"}
    return Consent(**{**facts, "public_name": "Zúñela T.", **changes})


def test_all_that_others_can_read_or_that_lies_open_is_said_at_once(tmp_path, monkeypatch, keys):
    study_key("killings")
    study_key("imprisonment")
    identity, lists = tmp_path / "away" / "identity.txt", tmp_path / "vault" / "list.csv"
    vault.make_identity(identity)
    lists.parent.mkdir()
    lists.write_text("name\n", encoding="utf-8")
    for path in (keys, keys / "killings.key", keys / "imprisonment.key", identity):
        path.chmod(0o755)
    monkeypatch.setenv("HRD_IDENTITY", str(identity))
    with pytest.raises(vault.VaultProblem) as told:
        keeping_of({"restricted-list": lists}, tmp_path / "work", open_on_this_machine=False)
    assert "lies open" in str(told.value)
    for command in (
        f"chmod 700 '{keys}'",
        f"chmod 600 '{keys / 'killings.key'}'",
        f"chmod 600 '{keys / 'imprisonment.key'}'",
        f"chmod 600 '{identity}'",
    ):
        assert command in str(told.value)


def test_a_name_is_permitted_between_consent_and_revocation():
    revoked = [consent(revoked=dt.date(2026, 6, 1))]
    assert permitted_names(revoked, dt.date(2025, 12, 31)) == {}
    assert permitted_names(revoked, dt.date(2026, 5, 31)) == {"p1": "Zúñela T."}
    assert permitted_names(revoked, dt.date(2026, 6, 1)) == {}
    assert permitted_names([consent(expires=dt.date(2026, 2, 1))], dt.date(2026, 3, 1)) == {}


def test_revoking_one_consent_ends_earlier_ones_but_not_a_un_publication():
    revoked = consent(date=dt.date(2026, 2, 1), revoked=dt.date(2026, 3, 1))
    published = consent(given_by="un_publication", basis="un_publication", un_symbol="A/HRC/0/1")
    assert permitted_names([consent(), revoked], dt.date(2026, 4, 1)) == {}
    assert permitted_names([revoked, published], dt.date(2026, 4, 1)) == {"p1": "Zúñela T."}


def test_consent_to_quote_is_no_consent_to_name():
    assert permitted_names([consent(purpose="quoted")], dt.date(2026, 4, 1)) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"purpose": "publish"},
        {"given_by": "friend"},
        {"public_name": " "},
        {"basis": "un_publication"},
        {"basis": "un_publication", "given_by": "un_publication", "un_symbol": "a letter"},
    ],
)
def test_a_consent_without_a_basis_is_refused(changes):
    with pytest.raises(ValueError) as error:
        consent(**changes)
    assert "Zúñela" not in str(error.value)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"basis": "agreement", "given_by": "self"}, "given by organization"),
        ({"basis": "other", "given_by": "nobody"}, "counts only"),
        ({"basis": "other", "given_by": "nobody", "purpose": "counts"}, "said in words"),
        ({"answer": "perhaps"}, "given or refused"),
    ],
)
def test_another_basis_allows_to_count_and_nothing_more(changes, why):
    with pytest.raises(ValueError, match=why) as error:
        consent(**changes)
    assert "Zúñela" not in str(error.value) + repr(consent())


def test_the_last_answer_counts_and_a_refusal_ends_even_a_publication():
    day = dt.date(2026, 6, 1)

    def told(*answers):
        return answers_in_force([consent(**answer) for answer in answers], "named", day)

    refused = {"answer": "refused", "date": dt.date(2026, 3, 1), "public_name": ""}
    published = {"given_by": "un_publication", "basis": "un_publication", "un_symbol": "A/HRC/0/1"}
    later = {"date": dt.date(2026, 4, 1)}
    assert told(refused, {}) == {"p1": None} == told(published, refused)
    assert told(refused, later) == {"p1": consent(**later)}
    assert told(later, {"date": dt.date(2026, 4, 1), "answer": "refused"}) == {"p1": None}
    assert told({"not_before": dt.date(2026, 7, 1)}) == {"p1": None}
    assert told({}, {**later, "expires": dt.date(2026, 5, 1)}) == {"p1": None}
    assert told({"date": dt.date(2026, 7, 1)}) == {}


def test_a_row_of_consents_is_read_and_an_error_says_the_column_only():
    row = dict.fromkeys(COLUMNS, "") | {
        "purpose": "named", "answer": "given", "date": "2026-01-01", "given_by": "next_of_kin",
        "basis": "consent", "public_name": NAME, "risk_reviewed": "2026-02-01",
    }  # fmt: skip
    assert read_consent(row, "p1").is_reviewed(dt.date(2026, 2, 1))
    for wrong in (
        {"date": NAME},
        {"date": ""},
        {"purpose": NAME},
        {"basis": NAME},
        {"answer": NAME},
    ):
        with pytest.raises(ValueError) as error:
            read_consent(row | wrong, "p1")
        assert "Testal" not in str(error.value)


def test_a_person_is_removed_from_every_build(tmp_path):
    builds = [tmp_path / "work" / name for name in ("b1", "b2")]
    for build, people in zip(builds, (["p1", "p2"], ["p2", "p3"]), strict=True):
        build.mkdir(parents=True)
        pd.DataFrame({"victim_id": people, "year": 2020}).to_parquet(build / "cases.parquet")
    plan = plan_withdrawal(["p1"], builds)
    assert plan.rows == 1 and plan.builds == (builds[0],) and plan.values("year") == {"2020"}
    apply_withdrawal(plan)
    assert pd.read_parquet(builds[0] / "cases.parquet")["victim_id"].tolist() == ["p2"]
    assert plan_withdrawal(["p1"], builds).rows == 0


def test_marks_of_withdrawn_persons_are_sealed_where_the_study_is(tmp_path, monkeypatch):
    identity = tmp_path / "away" / "identity.txt"
    recipient = vault.make_identity(identity)
    add_withdrawn_marks(tmp_path, ["p1"], None)
    assert (tmp_path / "withdrawn.json").is_file()
    monkeypatch.setenv("HRD_IDENTITY", str(identity))
    add_withdrawn_marks(tmp_path, ["p2"], recipient)
    assert [p.name for p in tmp_path.glob("*with*")] == ["withdrawn.json.age"]
    assert read_withdrawn(tmp_path) == {"p1", "p2"}
    with pytest.raises(vault.VaultProblem, match="is sealed"):
        add_withdrawn_marks(tmp_path, ["p3"], None)


def test_who_is_erased_from_a_release_leaves_one_change_of_its_area(tmp_path):
    rows = [("p1", "KEN", "a", "7"), ("p1", "KEN", "a", "8"), ("p2", "KEN", "", "7")]
    columns = ["person", "state_iso3", "contributor", "facts"]
    seen = pd.concat(
        [pd.DataFrame(rows, columns=columns).assign(area=area) for area in ("", "KEN")],
        ignore_index=True,
    )
    seen.to_parquet(tmp_path / "seen.parquet")
    assert leave_tombstones(tmp_path / "seen.parquet", ["p1"]) == 4
    left = pd.read_parquet(tmp_path / "seen.parquet")
    gone = left["person"].str.startswith("gone-")
    assert left[gone]["area"].tolist() == ["", "KEN"] and left[gone]["person"].nunique() == 1
    now = seen[seen["person"] == "p2"].reset_index(drop=True)
    pd.testing.assert_frame_equal(left[~gone].reset_index(drop=True), now)
    for area in ("", "KEN"):
        parts = [frame[frame["area"] == area] for frame in (left, now)]
        changed = _moved(*parts)
        assert changed[["state_iso3", "contributor"]].to_numpy().tolist() == [["KEN", "a"]]


def test_a_person_is_removed_from_a_sealed_build_which_stays_sealed(tmp_path, monkeypatch):
    identity, build = tmp_path / "away" / "identity.txt", tmp_path / "b1"
    recipient = vault.make_identity(identity)
    monkeypatch.setenv("HRD_IDENTITY", str(identity))
    build.mkdir()
    pd.DataFrame({"victim_id": ["p1", "p2"]}).to_parquet(build / "cases.parquet")
    vault.seal_file(build / "cases.parquet", recipient)
    apply_withdrawal(plan_withdrawal(["p1"], [build]))
    assert [p.name for p in build.glob("*.parquet*")] == ["cases.parquet.age"]
    left = io.BytesIO(vault.read_stored(build / "cases.parquet"))
    assert pd.read_parquet(left)["victim_id"].tolist() == ["p2"]
    assert not [p.name for p in build.iterdir() if p.name.startswith(".")]


def test_a_name_is_withheld_in_a_text_and_other_texts_stay_as_they_are():
    assert redact_names(f"row of {NAME}, 2020", INDEX) == f"row of {WITHHELD}, 2020"
    assert redact_names("ﬁne text", INDEX) == "ﬁne text"
    hidden = "first\nKeyError: 'Z\\xfa\\xf1ela Testal'\nZ\x1b[31múñela\x1b[0m Testal\nlast"
    assert redact_names(hidden, INDEX) == f"first\n{WITHHELD}\n{WITHHELD}\nlast"


@pytest.mark.parametrize("body", ['["p1"', '{"p1": 1}', '"p1"', "[1]"])
def test_a_damaged_note_of_withdrawn_persons_is_no_empty_one(tmp_path, body):
    (tmp_path / "withdrawn.json").write_text(body, encoding="utf-8")
    with pytest.raises(WithdrawalError, match=r"withdrawn\.json .* is damaged"):
        read_withdrawn(tmp_path)


def test_the_marks_of_a_withdrawn_person_are_the_same_in_every_version():
    """A note of version 0.1.0 holds these values: another one would bring the person back."""
    key = Key("killings", b"k" * 32)
    persons = pd.DataFrame(
        {
            "name_as_published": ["Zúñela Testal", "Fulano de Demo", "فلانة الديمو", "张演示"],
            "source": "list-a",
            "state_iso3": ["MEX", "MEX", "EGY", "CHN"],
            "name_is_person": True,
            "sex_code": ["female", "male", "not_recorded", "female"],
        }
    )
    assert [name_digest(name, key) for name in persons["name_as_published"]] == [
        "5a6f5712285cfa0a3446", "c86ab0ba84b5cf8408e0", "731d50201966893e6377", "dc395c766fa5ec2c538c",
    ]  # fmt: skip
    assert name_digest("Testal, Zuñela", key) == "5a6f5712285cfa0a3446"
    assert [pseudonym(key, "name", one) for one in person_name_keys(persons)] == [
        "452584794677c27d06d6", "49a1fb5d0566df079bb7",
        "1535994aeeef31366861", "b3d6cc538b426a444c6e",
    ]  # fmt: skip
    assert pseudonym(key, "list-a", "7", "2") == "ec69d3e2fa662e49d7fc"
    assert account_id("@demo_account", key) == "1a2e23b6415872b0a37a"


@pytest.mark.parametrize("place", ["/dev/shm/identity.txt", "stick/identity.txt"])
def test_an_open_identity_is_neither_in_memory_nor_on_the_disk_of_the_lists(place, tmp_path):
    words = "lies in the memory" if place.startswith("/dev/shm") else "on the disk that holds"
    with pytest.raises(vault.VaultProblem, match=words):
        refuse_same_medium(tmp_path / place, [tmp_path / "work"])


def test_another_partition_of_a_disk_is_the_same_disk(tmp_path, monkeypatch):
    for number, disk in (("8:1", "sda/sda1"), ("8:2", "sda/sda2"), ("8:17", "sdb/sdb1")):
        (tmp_path / disk).mkdir(parents=True)
        (tmp_path / disk / "partition").touch()
        (tmp_path / number).symlink_to(tmp_path / disk)
    devices = {"stick": (8, 17), "home": (8, 2), "work": (8, 1)}
    monkeypatch.setattr(identities, "_DEVICES", tmp_path)
    monkeypatch.setattr(identities.os, "major", lambda path: devices[path][0])
    monkeypatch.setattr(identities.os, "minor", lambda path: devices[path][1])
    monkeypatch.setattr(identities, "_device_of", lambda path: path.name)
    with pytest.raises(vault.VaultProblem, match="on the disk that holds"):
        refuse_same_medium(tmp_path / "home", [tmp_path / "work"])
    refuse_same_medium(tmp_path / "stick", [tmp_path / "work"])
