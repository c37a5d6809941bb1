"""Makes the JSON Schema (2020-12) of the pack: the fields of a candidate record, and their values.

The pack contains the schema, so that the custodian can check the pack without this program. A record has no
field for a name, and other fields are not allowed (``additionalProperties`` is false everywhere).
"""

from __future__ import annotations

from typing import Any

from hrdresearch.run.fact_checks import FACTS
from hrdresearch.vocab import codes, vocabulary

STATUS = "candidate cases, not verified"
PARTS = ("adopted", "arrest_not_assessed", "other_harmful")
RECORDED, UNKNOWN = "recorded", "unknown"
NOT_RECORDED, NOT_ASKED = "not_recorded", "not_asked"
RECORD_ID = r"^[0-9]{15}$"  # made from a pseudonym; see ``fact_checks.record_number``


def pack_schema() -> dict[str, Any]:
    """The schema of the JSON file of a pack."""
    acts = [*vocabulary("sdg_act")["adopted"], *PARTS[1:]]
    groups = [c for c in codes("sdg_group") if c != "not_established"]
    record = {
        "type": "object",
        "properties": {
            "record_id": {"type": "string", "pattern": RECORD_ID},
            "person_id": {"type": "string", "pattern": RECORD_ID},
            "incident_id": {"type": "string", "pattern": RECORD_ID},
            "part": {"enum": list(PARTS)},
            "acts": _several(acts),
            "groups": _several(groups),
            "list": {"type": "string"},
            "check": {"enum": list(codes("sdg_check"))},
            "facts": {
                "type": "object",
                "properties": {fact: {"$ref": "#/$defs/fact"} for fact in FACTS},
                "required": list(FACTS),
                "additionalProperties": False,
            },
        },
    }
    top = {
        "type": "object",
        "properties": {
            "status": {"const": STATUS},
            "is_invented": {"type": "boolean"},
            "indicator": {"const": "16.10.1"},
            "made_on": {"type": "string", "format": "date"},
            "build": {"type": "string", "pattern": RECORD_ID},
            "lists": {"type": "array", "items": {"$ref": "#/$defs/list"}},
            "records": {"type": "array", "items": {"$ref": "#/$defs/record"}},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"SDG indicator 16.10.1: {STATUS}",
        **_closed(top),
        "$defs": {"record": _closed(record), "fact": _fact(), "list": _list()},
    }


def _fact() -> dict[str, Any]:
    """Schema of a fact: its values or why there are none, and the check by a desk."""
    check = {
        "type": ["object", "null"],
        "properties": {
            "sources": {"type": "integer", "minimum": 0},
            "independent": {"type": "boolean"},
            "desk": {"type": "string", "pattern": "^desk-[a-z0-9-]{1,20}$"},
            "day": {"type": "string", "format": "date"},
        },
    }
    fact = {
        "type": "object",
        "properties": {
            "state": {"enum": [RECORDED, UNKNOWN, NOT_RECORDED, NOT_ASKED]},
            "values": {"type": "array", "items": {"type": "string", "maxLength": 60}},
            "sources_of_list": {"type": ["integer", "null"], "minimum": 1},
            "check": _closed(check),
        },
        "if": {"properties": {"state": {"const": RECORDED}}},
        "then": {"properties": {"values": {"minItems": 1}}},
        "else": {"properties": {"values": {"maxItems": 0}}},
    }
    return _closed(fact)


def _list() -> dict[str, Any]:
    texts = ("slug", "title", "citation", "definition", "coverage")
    properties: dict[str, Any] = {key: {"type": "string"} for key in texts}
    properties["reliability"] = {"enum": list(codes("source_reliability"))}
    properties["independence"] = {"enum": list(codes("source_independence"))}
    return _closed({"type": "object", "properties": properties})


def _several(values: list[str]) -> dict[str, Any]:
    return {"type": "array", "items": {"enum": values}, "minItems": 1, "uniqueItems": True}


def _closed(entry: dict[str, Any]) -> dict[str, Any]:
    """An object whose properties are all required; other properties are not allowed."""
    return {**entry, "required": list(entry["properties"]), "additionalProperties": False}
