"""How the phrases of a vocabulary are written, and which words they find in a text."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest
import spacy
import yaml
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from hrdresearch.text import LANGUAGES, codes_of, evidence_table, nlp, read_table, show_evidence
from hrdresearch.text.codes import CodeFinder, Rule, rules_of
from hrdresearch.text.phrases import PhraseError, read_phrase
from hrdresearch.text.pipeline import make_pipeline
from hrdresearch.vocab import vocabulary, vocabulary_names

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"
WITH_PHRASES = (
    "incident",
    "incident_act",
    "incident_date",
    "documents",
    "negation_words",
    "pretext",
    "statutes",
    "upr_ask",
    "upr_cause",
    "upr_concern",
    "upr_identity",
)
COLUMNS = ["text_number", "vocabulary", "code", "evidence", "start", "end", "rule", "value"]
COLUMNS += ["is_denied", "is_quoted"]
OWN_CODES = {
    "negation_words": {
        *(
            "denied",
            "none",
            "lacking",
            "itself",
            "contested",
            "behind",
            "object",
            "turn",
            "and",
            "or",
        )
    },
    "pretext": {"brought", "case", "account"},
    "statutes": set(vocabulary("statutes")["statutes"]),
    "upr_identity": set(vocabulary("identity")["codes"]),
    "upr_cause": set(vocabulary("cause")["codes"]),
}


def found(phrase: str, text: str, language: str = "en") -> list[str]:
    """Words of a text that one phrase finds."""
    pipeline = nlp(language)
    rules = [Rule("code", "r", wording, language) for wording in read_phrase(phrase)]
    doc = CodeFinder(pipeline.vocab, rules, "codes")(pipeline.make_doc(text))
    return [span.text for span in doc.spans["codes"]]


@pytest.mark.parametrize(
    ("phrase", "language", "text", "words"),
    [
        ("penal code", "en", "The Penal Code of 1999", ["Penal Code"]),
        ("defend*", "en", "She defended defenders", ["defended", "defenders"]),
        (
            "human-rights",
            "en",
            "human rights, human-rights, humanrights",
            ["human rights", "human-rights", "humanrights"],
        ),
        (
            "(law|penal code) reform",
            "en",
            "penal code reform and law reform",
            ["penal code reform", "law reform"],
        ),
        (
            "end (the|all)?2 raids",
            "en",
            "End all the raids. End of all raids",
            ["End all the raids"],
        ),
        ("the? bill", "en", "the bill; a bill", ["the bill", "bill"]),
        (
            "hold* ..2 accountable",
            "en",
            "Hold the police accountable. Hold. All are accountable",
            ["Hold the police accountable"],
        ),
        ("victim of ..2", "en", "The victim of an armed robbery. Theft", ["victim of an armed"]),
        ("women's rights", "en", "women’s rights", ["women’s rights"]),
        ("^ awaiting", "en", "Awaiting trial, still awaiting", ["Awaiting"]),
        ("pending $", "en", "pending appeal: pending.", ["pending"]),
        ("droits de l'homme", "fr", "les Droits de l’homme", ["Droits de l’homme"]),
        ("condamne*", "fr", "Condamnée à trois ans", ["Condamnée"]),
        ("ارهاب*", "ar", "بتهمة الإرهاب", ["الإرهاب"]),
        ("颠覆国家", "zh", "涉嫌煽动颠覆国家政权罪", ["颠覆国家"]),
        ("未被?判", "zh", "尚未判刑", ["未判"]),
        ("терр*", "ru", "за терроризм", ["терроризм"]),
        (
            "arrested*, (fined|beaten), freed",
            "en",
            "Arrested, beaten, freed",
            ["Arrested, beaten, freed"],
        ),
        ("اعتقال، ضرب", "ar", "اعتقال، ضرب", ["اعتقال، ضرب"]),
        ("fined 1,000 euros", "en", "Fined 1,000 euros", ["Fined 1,000 euros"]),
    ],
)
def test_a_phrase_finds_what_its_notation_says(
    phrase: str, language: str, text: str, words: list[str]
) -> None:
    assert found(phrase, text, language) == words
    assert found(phrase, text, "xx" if language != "ar" else "ar") == words


@pytest.mark.parametrize("phrase", ["(a|b", "a)", "(a)?", "..3", "", "a *", "^"])
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        read_phrase(phrase)


@given(st.text(alphabet="ab|()?* ^$.3-'’判未", max_size=14))
def test_whatever_is_written_is_read_or_refused(phrase: str) -> None:
    try:
        wordings = read_phrase(phrase)
    except PhraseError:
        return
    assert wordings
    assert all(wording for wording in wordings)


@pytest.mark.parametrize("name", WITH_PHRASES)
def test_every_phrase_of_a_vocabulary_can_be_read_and_gives_one_of_its_codes(name: str) -> None:
    rules = rules_of(name)
    assert rules
    known = {*vocabulary(name)["codes"], *OWN_CODES.get(name, ())}
    known |= {"not", *(f"not.{code}" for code in known)}  # words that are none, or not of one code
    assert {rule.code for rule in rules} <= known
    written = vocabulary(name)["phrases"].values()
    assert [p for codes in written for ps in codes.values() for p in ps if type(p) is not str] == []


def test_every_phrase_of_every_vocabulary_can_be_read() -> None:
    names = [name for name in vocabulary_names() if "phrases" in vocabulary(name)]
    assert {"length_words", "sentence_words", *WITH_PHRASES} <= {*names}
    assert all(rules_of(name) for name in names)


def test_every_article_has_a_code_of_charges_and_every_statute_a_state_and_a_citation() -> None:
    statutes = vocabulary("statutes")["statutes"]
    given = {code for s in statutes.values() for code, _ in s["articles"].values()}
    assert given <= set(vocabulary("pretext")["codes"])
    assert {s["state"] for s in statutes.values()} <= set(vocabulary("states")["states"])
    assert all(s["citation"] for s in statutes.values())
    assert {rule.code for rule in rules_of("statutes")} == {"penal_code", "another_law", *statutes}


def test_an_article_is_tied_to_the_statute_beside_it() -> None:
    doc = nlp("xx")("s. 12B of the Water Act; ст. 280, 282 УК РФ; 刑法第120条之六; TCK 314/2")
    articles = [(s.id_, s.kb_id_) for s in doc.spans["references"]]
    assert articles == [
        ("12B", "another_law"),
        ("280", "rus_criminal_code"),
        ("282", "rus_criminal_code"),
        ("120-6", "chn_criminal_law"),
        ("314/2", "tur_penal_code"),
    ]


@pytest.mark.parametrize("name", WITH_PHRASES)
def test_a_vocabulary_is_the_same_to_every_reader_of_yaml(name: str) -> None:
    text = (files("hrdresearch.vocab") / f"{name}.yml").read_text(encoding="utf-8")
    assert yaml.load(text, Loader=yaml.SafeLoader) == vocabulary(
        name
    )  # written in Python, stricter


def test_a_component_of_ours_works_in_anybodys_pipeline_by_its_name() -> None:
    pipeline = spacy.blank("es")
    pipeline.add_pipe("hrd_codes", config={"vocabulary": "upr_concern"})
    doc = pipeline("Proteger a las personas defensoras de los derechos humanos")
    assert {label: span.text for label, span in codes_of(doc).items()} == {
        "explicit": "defensoras de los derechos"
    }


def test_own_codes_are_found_and_every_text_has_a_row() -> None:
    pipeline = make_pipeline("en")
    own = {"surveillance": ["spyware", "phone tap*"]}
    pipeline.add_pipe("hrd_codes", name="mine", config={"phrases": own})
    found = evidence_table(pipeline.pipe(["Her phone was tapped: no spyware", "A quiet day"]))
    rows = [
        (0, "mine", "surveillance", "spyware", 25, 32, "mine:surveillance:en:1", "", True, False),
        (1, "", "", "", 0, 0, "", "", False, False),
    ]
    pd.testing.assert_frame_equal(found, pd.DataFrame(rows, columns=COLUMNS), check_dtype=False)


def test_evidence_is_drawn_also_of_a_text_without_codes(recwarn: pytest.WarningsRecorder) -> None:
    pipeline = make_pipeline("en")
    pipeline.add_pipe("hrd_codes", config={"phrases": {"surveillance": ["spyware"]}})
    assert "surveillance" in show_evidence(pipeline("New spyware")).data
    assert "<div>Rain &amp; wind</div>" in show_evidence(pipeline("Rain & wind")).data
    assert [str(w.message) for w in recwarn if "W117" in str(w.message)] == []


def test_a_table_can_be_made_of_one_text_and_not_of_spans_that_it_has_not() -> None:
    doc = nlp("en", "pretext")("Charged with theft, not with treason")
    table = evidence_table(doc)
    assert table[["vocabulary", "code", "is_denied"]].to_numpy().tolist() == [
        ["pretext", "ordinary_crime", False],
        ["pretext", "treason_espionage", True],
    ]
    with pytest.raises(ValueError, match="no spans 'typo'; it has: codes, cues, dates"):
        evidence_table([doc], key="typo")
    with pytest.raises(ValueError, match="no spans 'typo'"):
        show_evidence(doc, key="typo")


@pytest.mark.parametrize("name", ["pretext", "upr_concern", "incident", "incident_act"])
def test_findings_have_codes_of_their_vocabulary_and_words_that_help_stand_apart(name: str) -> None:
    text = "She was detained at a market, sentenced for an offence under arms laws, defenders said"
    doc = nlp("en", name)(text)
    assert {s.label_ for s in doc.spans["codes"]} <= set(vocabulary(name)["codes"])
    if name == "pretext":
        assert [s.text for s in doc.spans["cues"]] == [
            "She",
            "was",
            "detained at",
            "sentenced",
            "offence",
        ]


def test_the_rule_of_an_article_tells_the_statute_that_it_is_tied_to() -> None:
    texts = ["Article 314 of the Turkish Penal Code, article 9 of the Penal Code", "Article 5"]
    rules = ["statutes:tur_penal_code:314", "statutes:penal_code:9", "5"]
    assert evidence_table(nlp("en").pipe(texts), key="references")["rule"].tolist() == rules


def test_without_its_component_it_is_not_known_whether_words_are_denied() -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("hrd_codes", config={"phrases": {"ban": ["travel ban"]}})
    assert evidence_table([pipeline("No travel ban")])["is_denied"].isna().tolist() == [True]
    pipeline.add_pipe("hrd_clauses")
    assert evidence_table([pipeline("No travel ban")])["is_denied"].tolist() == [True]


def test_charges_are_read_in_anybodys_pipeline_and_the_longest_phrase_counts() -> None:
    pipeline = spacy.blank("es")
    pipeline.add_pipe("hrd_codes", config={"vocabulary": "pretext"})
    doc = pipeline("financiación del terrorismo y hurto")
    assert {label: span.text for label, span in codes_of(doc, "pretext").items()} == {
        "extremist_membership": "financiación del terrorismo",
        "ordinary_crime": "hurto",
    }


def test_what_stands_in_a_phrase_that_is_none_is_not_found() -> None:
    doc = nlp("en", "upr_concern")("Strengthen the office of the human rights defender")
    assert codes_of(doc, "upr_concern") == {}


def test_denied_words_quoted_words_and_documents_are_marked() -> None:
    doc = nlp("en")(
        'He was acquitted of theft, and "a spy" stands in A/HRC/40/60/Add.1 and art. 280.3.'
    )
    assert [s.text for s in doc.spans["denied"]] == ["of theft"]
    assert [s.text for s in doc.spans["quoted"]] == ['"a spy"']
    assert [(s.label_, s.id_) for s in doc.spans["references"]] == [
        ("un_document", "A/HRC/40/60/Add.1"),
        ("article", "280.3"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_pipeline_that_loses_no_character(language: str) -> None:
    text = "L'homme (human-rights) 12年6个月 5 سنوات; 3y. Ещё «раз»!"
    doc = nlp(language)(text)
    assert doc.text == text
    assert len(list(doc.sents)) >= 1


def test_a_language_without_a_pipeline_is_refused_with_the_list() -> None:
    with pytest.raises(ValueError, match="there are: en, es"):
        nlp("tlh")


def test_two_processes_find_what_one_finds() -> None:
    pipeline = nlp("en", "upr_concern", "upr_ask")
    texts = ["Protect defenders", "Investigate threats against journalists", "Build roads"] * 4

    def spans(docs: list[Doc]) -> list[list[tuple[str, str, str]]]:
        return [[(s.text, s.label_, s.id_) for s in d.spans["codes"]] for d in docs]

    assert spans(list(pipeline.pipe(texts, n_process=2))) == spans(list(pipeline.pipe(texts)))


@pytest.mark.parametrize(
    ("language", "text", "word", "is_denied"),
    [
        ("en", "He wasn't charged with terrorism", "terrorism", True),
        ("en", "He wasn’t charged with terrorism", "terrorism", True),
        (
            "en",
            "The Working Group adopted Opinion No. 12/2020 on her detention",
            "detention",
            False,
        ),
        ("en", "There is no doubt that she was dismissed", "dismissed", False),
        ("en", "The raid never happened", "raid", True),
        ("en", "None of the offices was raided", "raided", True),
        ("en", "Nobody was punished for the raid", "raid", False),
        ("en", "They should not have been evicted", "evicted", False),
        ("en", "It is not known where he was beaten", "beaten", False),
        ("es", "No debieron haber sido desalojados", "desalojados", False),
        ("fr", "Elle n'aurait jamais dû être expulsée", "expulsée", False),
        ("es", "La policía no allanó la casa", "allanó", True),
        ("es", "Nadie fue detenido", "detenido", True),
        ("es", "Organizaciones no gubernamentales fueron allanadas", "allanadas", False),
        ("fr", "Personne n'a été arrêté", "arrêté", True),
        ("fr", "Une personne a été arrêtée", "arrêtée", False),
        ("ru", "Обыска не было", "Обыска", True),
        ("ru", "Её не арестовали, но в доме был обыск", "обыск", False),
        ("en", "The court acquitted the activist and quashed her sentence", "activist", False),
        ("en", "The court acquitted the activist of theft", "theft", True),
        ("en", "The court acquitted the activist of theft", "activist", False),
        ("es", "El tribunal absolvió a la activista", "activista", False),
        ("es", "El tribunal absolvió a la activista del hurto", "hurto", True),
        ("fr", "Le tribunal a acquitté la militante", "militante", False),
        ("pt", "O tribunal absolveu a ativista", "ativista", False),
        ("ru", "Суд оправдал активистку", "активистку", False),
        ("ar", "برأت المحكمة الناشطة", "الناشطة", False),
        ("ar", "لا تزال تواجه تهمة", "تهمة", False),
        ("en", "Acquitted of sedition and ordered released", "released", False),
        ("es", "La absolvió de sedición y ordenó su libertad", "libertad", False),
        ("pt", "Absolveu a cozinheira de sedição e ordenou a libertação", "libertação", False),
        ("ru", "Оправдал её по делу и распорядился освободить", "освободить", False),
        ("zh", "宣告厨师无罪，并下令释放", "释放", False),
    ],
)
def test_a_denial_reaches_the_words_that_it_denies_and_no_others(
    language: str, text: str, word: str, is_denied: bool
) -> None:
    pipeline = make_pipeline(language)
    pipeline.add_pipe("hrd_codes", name="mine", config={"phrases": {"found": [word]}})
    assert evidence_table([pipeline(text)])["is_denied"].tolist() == [is_denied]


def test_a_phrase_that_holds_its_own_not_is_not_denied_by_it() -> None:
    pipeline = make_pipeline("en")
    own = {"travel_ban": ["not allowed to leave", "don't leave"]}
    pipeline.add_pipe("hrd_codes", name="mine", config={"phrases": own})
    docs = pipeline.pipe(["He was not allowed to leave the country", "They said: don’t leave"])
    assert evidence_table(docs)[["code", "is_denied"]].to_numpy().tolist() == [
        ["travel_ban", False],
        ["travel_ban", False],
    ]


def test_words_in_single_marks_or_partly_quoted_are_quoted() -> None:
    pipeline = make_pipeline("en")
    own = {"smear": ["foreign agents", "called ..4 foreign agents"], "dismissal": ["dismissed"]}
    pipeline.add_pipe("hrd_codes", name="mine", config={"phrases": own})
    text = 'They called the group "foreign agents" and she was ‘dismissed for cause’; it isn\'t so'
    assert evidence_table([pipeline(text)])["is_quoted"].all()


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({}, "needs a vocabulary or phrases"),
        (
            {"vocabulary": "sex"},
            "No vocabulary 'sex' has phrases to look for.*These have:.*upr_ask",
        ),
        ({"vocabulary": "upr_concerns"}, "did you mean 'upr_concern'"),
        ({"vocabulary": "upr_ask", "languages": ["rus"]}, "no phrases in rus, only in en, fr, es"),
        ({"phrases": {"x": ["arrest(ed|s)"]}}, "a bracket within a word"),
        ({"phrases": {"x": ["tap.*"]}}, "signs of a regular expression"),
        ({"phrases": {"x": ["foo..2 bar"]}}, "signs of a regular expression"),
    ],
)
def test_a_config_that_finds_nothing_is_refused_with_the_reason(
    config: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        spacy.blank("en").add_pipe("hrd_codes", config=config)


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_a_pipeline_that_is_saved_reads_the_same_when_loaded(language: str, tmp_path: Path) -> None:
    pipeline = make_pipeline(language, "pretext")
    pipeline.to_disk(tmp_path)
    text = "Charged with terrorism (12年6个月)"
    first, again = pipeline(text), spacy.load(tmp_path)(text)
    assert [t.text for t in again] == [t.text for t in first]
    assert [s.label_ for s in again.spans["codes"]] == [s.label_ for s in first.spans["codes"]]


def test_a_table_of_several_languages_is_read_each_in_its_own() -> None:
    texts = pd.DataFrame(
        {
            "text": [
                "No phone was tapped.",
                "Teléfono intervenido el 3 de mayo de 2021",
                "Tres años",
                None,
            ],
            "language": ["EN", "es ", "es", None],
        },
        index=[7, 7, 9, 2],
    )
    phrases = {"en": {"tap": ["tap*"]}, "es": {"tap": ["intervenid*"]}}
    found = read_table(texts, phrases, ["incident_act"])
    columns = ["text_number", "language", "kind", "code", "evidence", "value"]
    assert found[columns].to_numpy().tolist() == [
        [0, "en", "codes", "tap", "tapped", ""],
        [1, "es", "codes", "tap", "intervenido", ""],
        [1, "es", "dates", "explicit", "3 de mayo de 2021", "2021-05-03"],
        [2, "es", "no_code", "", "", ""],
        [2, "es", "lengths", "length", "Tres años", "3"],
        [3, "xx", "no_code", "", "", ""],
    ]
    assert found["is_denied"].tolist() == [True, *[False] * 5]
    assert found["text"].tolist()[2:5] == [texts["text"].iloc[1], "Tres años", "Tres años"]


def test_texts_without_a_code_are_found_again_in_a_file_of_the_table(tmp_path: Path) -> None:
    texts = pd.DataFrame({"text": ["Spyware", "On 3 May 2021"], "language": "en"})
    read_table(texts, {"en": {"spy": ["spyware"]}}).to_csv(tmp_path / "found.csv", index=False)
    found = pd.read_csv(tmp_path / "found.csv")
    assert found.loc[found["kind"] == "no_code", "text"].tolist() == ["On 3 May 2021"]


@pytest.mark.parametrize("phrases", [None, {}, {"en": {"tap": ["tap*"]}}])
def test_languages_with_nothing_to_look_for_are_told_together_and_lose_no_text(
    phrases: dict[str, dict[str, list[str]]] | None,
) -> None:
    texts = pd.DataFrame({"text": ["Abgehört", "Ouvido", "She was sued"]})
    texts["language"] = ["de", "pt", "en"]
    with pytest.warns(UserWarning, match=r"look for in de, pt: .*phrases.*vocabular"):
        found = read_table(texts, phrases, "upr_concern")
    assert found["kind"].tolist() == ["no_code"] * 3


def test_a_vocabulary_without_phrases_in_the_language_of_a_text_is_told() -> None:
    texts = pd.DataFrame({"text": ["Обеспечить защиту", "Protect them"], "language": ["ru", "en"]})
    with pytest.warns(UserWarning, match="Texts in ru are not read for upr_ask"):
        found = read_table(texts, {"ru": {"safety": ["защит*"]}}, ["upr_ask", "incident_act"])
    assert found["code"].tolist() == ["safety", "environment"]


def test_a_text_of_an_unknown_language_is_read_with_the_phrases_of_all() -> None:
    texts = pd.DataFrame({"text": ["والتنصت", "tapped", "bán"], "language": "xx"})
    phrases = {"ar": {"tap": ["تنصت"]}, "en": {"tap": ["tap*"]}, "vi": {"stop": ["cấm", "bạn"]}}
    found = read_table(texts, phrases)
    assert found["rule"].tolist() == ["own:tap:ar:1", "own:tap:en:1", ""]
    in_one = read_table(texts.assign(language="en"), phrases | {"xx": {"tap": ["تنصت", "والتنصت"]}})
    assert in_one["rule"].tolist() == ["own:tap:xx:2", "own:tap:en:1", ""]


@pytest.mark.parametrize(
    ("texts", "phrases", "message"),
    [
        ({"text": ["x"]}, {"en": {"tap": ["tap*"]}}, "table of texts lacks language"),
        (
            {"text": ["x"], "language": ["en"]},
            {"en": {"tap": []}},
            "at least one phrase for each code",
        ),
        ({"text": ["x"], "language": ["eng"]}, None, "'eng'; there are: en, es"),
        (
            {"text": ["x"], "language": ["en"]},
            {"english": {"tap": ["tap"]}},
            "'english'; there are: en, es",
        ),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_the_reason(
    texts: dict[str, list[str]], phrases: dict[str, dict[str, list[str]]] | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        read_table(pd.DataFrame(texts), phrases)


def test_a_saved_pipeline_is_read_in_a_program_that_does_not_import_us(tmp_path: Path) -> None:
    make_pipeline("en", "upr_concern").to_disk(tmp_path / "saved")
    declared = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["entry-points"]
    installed = tmp_path / "site" / "declared-0.dist-info"  # what an installation writes
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: declared\nVersion: 0\n")
    lines = [
        f"[{group}]\n" + "\n".join(f"{name} = {where}" for name, where in listed.items())
        for group, listed in declared.items()
    ]
    (installed / "entry_points.txt").write_text("\n".join(lines))
    program = (
        "import sys, spacy; doc = spacy.load(sys.argv[1])('Protect defenders');"
        "print(doc.spans['codes'])"
    )
    paths = os.pathsep.join([str(installed.parent), str(PYPROJECT.parent), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "saved")],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "[defenders]" in done.stdout, done.stderr


def test_lengths_in_german_are_read_in_figures_and_in_words() -> None:
    pipeline = make_pipeline("de", components=("hrd_lengths",))
    doc = pipeline("Drei Jahre und 6 Monate Haft, dann fünf Wochen")
    assert [s.text for s in doc.spans["lengths"]] == ["Drei Jahre und 6 Monate", "fünf Wochen"]


def test_french_parts_words_at_hyphens_and_spacy_itself_does_not():
    text = "un saut-de-ski aujourd'hui"
    assert [t.text for t in nlp("fr")(text)] == text.replace("-", " - ").split()
    assert [t.text for t in spacy.blank("fr")(text)] == text.split()


def test_phrases_of_ones_own_are_read_from_a_table_with_a_phrase_a_row() -> None:
    texts = pd.DataFrame(
        {
            "text": ["Her phone was tapped.", "No fue vigilada; le intervinieron el teléfono."],
            "language": ["en", "es"],
        }
    )
    rows = [
        ("en", "surveillance", "phone ..2 tap*"),
        ("en", "travel_ban", "travel ban*"),
        ("es", "surveillance", "vigilad*"),
        ("es", "surveillance", "intervin* ..2 telefono"),
        ("es", "surveillance", None),
    ]
    phrases = pd.DataFrame(rows, columns=["language", "code", "phrase"])
    found = read_table(texts, phrases)
    assert found[["text_number", "code", "evidence", "is_denied"]].to_numpy().tolist() == [
        [0, "surveillance", "phone was tapped", False],
        [1, "surveillance", "vigilada", True],
        [1, "surveillance", "intervinieron el teléfono", False],
    ]
    with pytest.raises(
        ValueError, match="lacks language; it needs the columns language, code, phrase"
    ):
        read_table(texts, phrases.drop(columns="language"))
