"""The JSON Schema of the profile, for completion and hints in an editor."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from planforge.profile.field_titles import keys
from planforge.profile.model import Profile
from planforge.profile.school import DocumentChoice, Person

_ONE_LINE: dict[type[BaseModel], str] = {Person: "姓名（职务）", DocumentChoice: "文种名称"}


def json_schema() -> dict[str, Any]:
    """The schema, with Chinese titles, explanations and choices.

    It is as lenient as reading is: a key may be left blank, a person may be written in one line.
    """
    schema = Profile.model_json_schema(by_alias=True)
    definitions = schema.get("$defs", {})
    for name, definition in definitions.items():
        definition.pop("title", None)
        definition.pop("description", None)
        _open(definition)
        for model, words in _ONE_LINE.items():
            if name == model.__name__:
                one_line = {"type": "string", "description": words}
                definitions[name] = {"anyOf": [definition, one_line]}
    _open(schema)
    for key, entry in keys(Profile).items():
        schema["properties"][key].setdefault("title", entry.title)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "学校信息表",
        "description": "一所学校一个学期的信息；每一项都可以不填。",
    }
    return {**schema, **head}


def _open(definition: dict[str, Any]) -> None:
    """Let every key be blank, and lists of people be written in one line; drop what is the program's own."""
    for name, value in definition.get("properties", {}).items():
        for own in ("default", "first", "sentence"):
            value.pop(own, None)
        kept = {key: value.pop(key) for key in ("title", "description", "examples") if key in value}
        variants = value.pop("anyOf", None) or [dict(value)]
        value.clear()
        if any(_lists_people(variant) for variant in variants):
            variants.append({"type": "string"})
        if {"type": "null"} not in variants:
            variants.append({"type": "null"})
        definition["properties"][name] = {**kept, "anyOf": variants}


def _lists_people(variant: dict[str, Any]) -> bool:
    items = variant.get("items")
    return isinstance(items, dict) and str(items.get("$ref", "")).endswith("/Person")
