"""What every group of the profile shares: closed keys, and fields that explain themselves in Chinese."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class FormGroup(BaseModel):
    """A group of keys. Unknown keys are mistakes; what was read is never changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=False)


def field(
    title: str,
    description: str,
    sample: object,
    *,
    default: object = None,
    first: bool = False,
    alias: str = "",
    sentence: bool = False,
) -> Any:
    """A field with its Chinese title, what it is for, and a sample as people would write it.

    sample: text, a list or a mapping, the way it stands in the form. default: the value where nothing is
    written. first: belongs to the few that a first plan needs. alias: the written key, where it differs.
    sentence: templates print the answer as a sentence of its own; the explanation says so, and `check` looks.
    """
    extra: dict[str, Any] = {"first": True} if first else {}
    if sentence:
        extra["sentence"] = True
        description += f"写成一句完整的话，照印，如：{sample}。"
    return Field(
        default=default,
        title=title,
        description=description,
        examples=[sample],
        json_schema_extra=extra or None,
        alias=alias or None,
    )


def part(title: str, description: str, kind: type[BaseModel], *, first: bool = False) -> Any:
    """A field that holds a group, empty where nothing is written."""
    extra: dict[str, Any] = {"first": True} if first else {}
    return Field(default_factory=kind, title=title, description=description, json_schema_extra=extra or None)
