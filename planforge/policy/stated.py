"""What somebody states, with how well it is known: nothing that is known from memory only is printed."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

Confirmed = Literal["text_read", "second_hand", "memory"]

_T = TypeVar("_T")


class Data(BaseModel):
    """A group of a pack: no unknown keys, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Stated(Data, Generic[_T]):
    """A single item of information with how far it is confirmed, and by what."""

    value: _T
    confirmed: Confirmed
    source: str = ""

    @property
    def printable(self) -> bool:
        """Whether a document may state it: somebody has read it, at least in a reprint."""
        return self.confirmed != "memory"


def printed(item: Stated[str] | None) -> str:
    """The value where it may be printed, otherwise nothing."""
    return item.value if item is not None and item.printable else ""
