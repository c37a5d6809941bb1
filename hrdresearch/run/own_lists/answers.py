"""Lines of the source.yml of a user's own list that wait for a person: values without a code, and guesses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hrdresearch.sources.own_guesses import MARK
from hrdresearch.vocab import codes, vocabulary

CHECKED = "# checked"
_SECTION = re.compile(r"([a-z_]+):.*")
_VOCABULARY = re.compile(r"  ([a-z][a-z0-9_]*):(?: \{\})?\s*")
_FIELD = re.compile(r"      ([a-z][a-z_]*): .*")  # of a column that is read
TOLD_BY_STATUS = ("detention_exit", "proceedings_stage", "custody_measure")
_VALUE = re.compile(
    r"    (?P<value>\"(?:[^\"\\]|\\.)*\"|[^#:\"][^:]*): (?P<code>\"\?\"|\[[^\]]*\]|\S+)(?P<rest>.*)"
)


@dataclass(frozen=True)
class OpenLine:
    """A line that waits. at: its place in the file. name: vocabulary. value, code: as written ("?": none)."""

    at: int
    name: str
    value: str
    code: str


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


def _is_read(name: str, read: set[str]) -> bool:
    """Whether a field that is read leads to a vocabulary; yes where the file does not tell."""
    fields = vocabulary("list_fields")["fields"]
    of = {field for field, how in fields.items() if how.get("codes") == name}
    return (
        not read or not of or bool(read & (of | ({"status"} if name in TOLD_BY_STATUS else set())))
    )


def with_answer(text: str, line: OpenLine, answer: str) -> str:
    """The text with the answer to a line: "" confirms a guess, "?" takes the code away, else codes by ",".

    Raises ValueError, with the codes that are known, for another answer.
    """
    lines = text.splitlines()
    said = _VALUE.fullmatch(lines[line.at])
    given = [part.strip() for part in answer.split(",") if part.strip()]
    if said is None or (not given and line.code == "?"):
        return text
    if given and given != ["?"] and not set(given) <= set(codes(line.name)):
        raise ValueError(", ".join(codes(line.name)))
    if not given:
        lines[line.at] = lines[line.at].replace(MARK, CHECKED, 1)
    else:
        code = '"?"' if given == ["?"] else given[0] if len(given) == 1 else f"[{', '.join(given)}]"
        code = f'"{code}"' if code in ("yes", "no") else code
        lines[line.at] = f"    {said['value']}: {code}"
    return "\n".join(lines) + "\n"
