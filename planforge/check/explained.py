"""What an id means that `check` prints and that is neither a rule of a pack nor a text rule."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from planforge.check.data_files import read_data


@dataclass(frozen=True, slots=True)
class Explanation:
    """Of an id: what it is called, why it is reported, what brings it about, what to do."""

    title: str
    why: str
    example: str
    remedy: str


def explanation(printed: str) -> Explanation | None:
    """The explanation of an id, its own before that of its kind; None of an id that nothing prints."""
    entries = read_data("explained.yaml")
    own = [entry for entry in entries if printed in entry["ids"]]
    kind = [entry for entry in entries if any(fnmatchcase(printed, one) for one in entry["ids"])]
    for entry in (*own, *kind):
        return Explanation(**{key: value for key, value in entry.items() if key != "ids"})
    return None


def explained_ids() -> list[str]:
    """The ids that are explained each by itself."""
    return [one for entry in read_data("explained.yaml") for one in entry["ids"] if "*" not in one]
