"""固定提法: names and wordings that are printed exactly as they were issued, and go out of use one day."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from planforge.policy.patterns import Patterns
from planforge.policy.stated import Data, Stated

PhraseKind = Literal["thought", "meeting", "policy", "task", "principle", "aim", "body"]
"""What a phrase is, which decides the verb that goes with it: 以…为指导, 贯彻, 落实, 坚持, 促进, 按照…的部署."""


class KnownPhrase(Data):
    """One fixed wording.

    short: how people call it when they ask for it. origin: the document or meeting that says it, with its date.
    from_day, until: first and last day in use; replaced_by: the phrase that is used instead since.
    near: regular expressions of wrong ways of writing it. checked: when it was last held against its source.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str
    short: str
    kind: PhraseKind
    text: Stated[str]
    origin: str
    from_day: date = Field(alias="from")
    until: date | None = None
    replaced_by: str = ""
    checked: date | None = None
    near: Patterns = ()

    @model_validator(mode="after")
    def _consistent(self) -> KnownPhrase:
        if self.until is not None and self.until < self.from_day:
            raise ValueError("until 早于 from")
        if self.replaced_by and self.until is None:
            raise ValueError("写了 replaced_by 就要写 until")
        return self

    @property
    def printable(self) -> bool:
        """Whether a document may print it: its wording is confirmed."""
        return self.text.printable

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be asked for by: its words, what people call it, its id."""
        return self.text.value, self.short, self.id

    def in_use(self, day: date) -> bool:
        """Whether it is said on a day."""
        return self.from_day <= day and (self.until is None or day <= self.until)

    def missed_by(self, text: str) -> bool:
        """Whether a text is one of the known wrong ways of writing it."""
        return text != self.text.value and any(near.compiled().fullmatch(text) for near in self.near)


class Phrases:
    """All phrases that were loaded, in use or history."""

    def __init__(self, phrases: Sequence[KnownPhrase]) -> None:
        self.all: tuple[KnownPhrase, ...] = tuple(phrases)
        self._by_name = {name: phrase for phrase in reversed(self.all) for name in reversed(phrase.names)}

    def find(self, name: str) -> KnownPhrase | None:
        """The phrase of those words, that short name or that id."""
        return self._by_name.get(name)

    def successor(self, phrase: KnownPhrase, day: date) -> KnownPhrase | None:
        """What is said on a day instead of a phrase that is out of use.

        Returns:
            The first of its successors that is in use on that day; None where there is none.
        """
        seen = {phrase.id}
        while phrase.replaced_by not in seen:
            later = self._by_name.get(phrase.replaced_by)
            if later is None:
                return None
            if later.in_use(day):
                return later
            seen.add(later.id)
            phrase = later
        return None

    def nearest(self, text: str, day: date) -> KnownPhrase | None:
        """The printable phrase in use that was meant.

        Args:
            text: what somebody wrote for a phrase.
            day: on which the phrase is to be in use.

        Returns:
            The phrase of which `text` is a known slip, else the one most alike; None where nothing is alike.
        """
        current = [phrase for phrase in self.all if phrase.printable and phrase.in_use(day)]
        slip = next((phrase for phrase in current if phrase.missed_by(text)), None)
        names = {name: phrase for phrase in current for name in phrase.names[:2]}
        close = difflib.get_close_matches(text, names, 1, 0.6)
        return slip or (names[close[0]] if close else None)
