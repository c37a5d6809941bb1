"""What waits for a person in the source.yml of a user's own list: values without a code, and guesses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import yaml

from hrdresearch.clean.text import put_on_one_line
from hrdresearch.run.own_lists.column_answers import (
    CHECKED,
    NOT_READ,
    TAKEN_OUT,
    OpenColumn,
    answer_columns,
)
from hrdresearch.run.own_lists.source_text import quoted
from hrdresearch.run.own_lists.uncoded import STATUS, Uncoded
from hrdresearch.sources.own_guesses import MARK
from hrdresearch.vocab import codes, vocabulary

_SECTION = re.compile(r"([a-z_]+):.*")
_VOCABULARY = re.compile(r"  ([a-z][a-z0-9_]*):(?: \{\})?\s*")
_FIELD = re.compile(r"      ([a-z][a-z_]*): .*")  # of a column that is read
TOLD_BY_STATUS = ("detention_exit", "proceedings_stage", "custody_measure")
_VALUE = re.compile(
    r"    (?P<value>\"(?:[^\"\\]|\\.)*\"|[^#:\"][^:]*): (?P<code>\"\?\"|\[[^\]]*\]|\S+)(?P<rest>.*)"
)


@dataclass(frozen=True)
class OpenLine:
    """A line that waits. at: its place in the file, -1 for a value that does not stand there. name:
    vocabulary. value, code: as written ("?": none). rows: how many rows have a value without a code, 0 where
    that is not known. means: words of a legend for the value."""

    at: int
    name: str
    value: str
    code: str
    rows: int = 0
    means: str = ""

    @property
    def text(self) -> str:
        """The value as it stands in the list."""
        return str(yaml.safe_load(self.value))


def open_lines(text: str) -> list[OpenLine]:
    """Values under ``crosswalks`` without a code, or with one that nobody has confirmed, in their order.

    text: of a source.yml. Divisions are left out: they have no codes; so are vocabularies whose
    columns are no longer read.
    """
    found, section, name, read = [], "", "", set()
    for at, line in enumerate(text.splitlines()):
        if top := _SECTION.fullmatch(line):
            section = top[1]
        elif section == "layouts" and (field := _FIELD.fullmatch(line)):
            read.add(field[1])
        elif of := _VOCABULARY.fullmatch(line):
            name = of[1]
        elif section == "crosswalks" and name != "admin1":
            said = _VALUE.fullmatch(line)
            if said and (said["code"] == '"?"' or MARK in said["rest"]):
                found.append(OpenLine(at, name, said["value"], said["code"].strip('"')))
    return [line for line in found if _is_read(line.name, read)]


def values_to_ask(text: str, uncoded: Sequence[Uncoded]) -> list[OpenLine]:
    """Open lines of a source.yml, and all other values of the list without a code.

    What happened to the person comes first; of each vocabulary the values without a code, the most frequent
    first, then the guesses.
    """
    others = _not_in_file(uncoded)
    lines = []
    for line in open_lines(text):
        told = others.pop((line.name, _folded(line.text)), line)
        lines.append(replace(line, rows=told.rows, means=told.means))
    lines += others.values()
    most: dict[str, int] = {}
    for line in lines:
        most[line.name] = max(most.get(line.name, 0), line.rows)
    return sorted(
        lines,
        key=lambda x: (x.name != STATUS, -most[x.name], x.name, x.code != "?", -x.rows, x.at),
    )


def _not_in_file(uncoded: Sequence[Uncoded]) -> dict[tuple[str, str], OpenLine]:
    """Vocabulary and value in small letters -> the value as a line that does not stand in the file."""
    found: dict[tuple[str, str], OpenLine] = {}
    for one in uncoded:
        for value, rows in one.rows.items() if one.name not in ("admin1", "state") else ():
            before = found.get(key := (one.name, _folded(value)))
            n = len(rows) + (before.rows if before else 0)
            said = one.means.get(value, "")
            found[key] = OpenLine(-1, one.name, quoted(value), "?", n, said)
    return found


def _folded(value: str) -> str:
    return put_on_one_line(value).casefold()


def _is_read(name: str, read: set[str]) -> bool:
    """Whether a field that is read leads to a vocabulary; yes where the file does not tell."""
    fields = vocabulary("list_fields")["fields"]
    of = {field for field, how in fields.items() if how.get("codes") == name}
    return (
        not read or not of or bool(read & (of | ({"status"} if name in TOLD_BY_STATUS else set())))
    )


def code_given(line: OpenLine, answer: str) -> str:
    """An answer to a line as ``with_answers`` takes it: "" confirms a guess, "?" takes the code away, else
    codes by ",". Raises ValueError, with the codes that are known, for another answer."""
    given = [part.strip() for part in answer.split(",") if part.strip()]
    if given and given != ["?"] and not set(given) <= set(codes(line.name)):
        raise ValueError(", ".join(codes(line.name)))
    return ", ".join(given)


def vocabularies_left_out(answers: Sequence[tuple[OpenColumn, str]]) -> set[str]:
    """Vocabularies of columns that are not read, as somebody has answered."""
    fields = vocabulary("list_fields")["fields"]
    out = {one.field for one, answer in answers if answer == NOT_READ}
    return {fields[f]["codes"] for f in out if "codes" in fields.get(f, {})}


def with_answers(
    text: str,
    answers: Sequence[tuple[OpenLine, str]],
    on_columns: Sequence[tuple[OpenColumn, str]] = (),
) -> str:
    """The text of a source.yml with answers, each as ``code_given`` gives it, and with those on columns."""
    lines = text.splitlines()
    answer_columns(lines, on_columns)
    for line, answer in answers:
        if line.at >= 0 and not (answer == "" and line.code == "?"):
            lines[line.at] = (
                f"    {line.value}: {_code(answer)}"
                if answer
                else lines[line.at].replace(MARK, CHECKED, 1)
            )
    lines = [line for line in lines if line != TAKEN_OUT]
    for line, answer in answers:
        if line.at < 0 and answer not in ("", "?"):
            _add(lines, line.name, f"    {line.value}: {_code(answer)}")
    return "\n".join(lines) + "\n"


def _code(answer: str) -> str:
    if answer == "?" or answer in ("yes", "no"):
        return f'"{answer}"'
    return f"[{answer}]" if "," in answer else answer


def _add(lines: list[str], name: str, line: str) -> None:
    """Put a line below the heading of a vocabulary under ``crosswalks``; what is missing is made."""
    if "crosswalks:" not in lines:
        lines.append("crosswalks:")
    at = lines.index("crosswalks:")
    headings = (f"  {name}:", f"  {name}: {{}}")
    of = next((n for n, one in enumerate(lines) if n > at and one.rstrip() in headings), None)
    if of is None:
        lines[at + 1 : at + 1] = [headings[0], line]
    else:
        lines[of : of + 1] = [headings[0], line]
