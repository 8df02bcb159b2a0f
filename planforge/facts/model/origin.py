"""The words that facts are told in, where they come from, and which ones nobody gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planforge.core.problems import Place
from planforge.profile.choices import HowLimit as Limit
from planforge.profile.choices import PhraseName as PhraseKind
from planforge.profile.choices import TopicName as Topic

__all__ = ["Limit", "Missing", "PhraseKind", "Source", "Topic"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from: a place in the person's file, a rule, or derived from other facts.

    place: also where a person ticked “按规定” and the value is the rule's. layer: whose file it is.
    """

    kind: Literal["profile", "rule", "derived"]
    place: Place | None = None
    rule: str = ""
    layer: Literal["bureau", "school", "term", ""] = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A local fact that a full document would state. path: where; title: its Chinese name; why: what it is for."""

    path: str
    title: str
    why: str
