"""docs/profile.md says what the model says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforge.profile import Profile
from planforge.profile.field_titles import Described, keys
from planforge.profile.fields import FormGroup
from planforge.profile.manual import MANUAL, manual


def every(model: type[FormGroup] = Profile) -> Iterator[Described]:
    for entry in keys(model).values():
        yield entry
        if entry.kind is not None:
            yield from every(entry.kind)


def test_the_manual_is_not_stale() -> None:
    assert MANUAL.read_text("utf-8") == manual(), "renew it: python -m planforge.profile.manual"


def test_every_field_stands_in_it_with_title_meaning_and_example() -> None:
    text = manual()
    for entry in every():
        if entry.kind is None:
            row = next(
                line
                for line in text.splitlines()
                if line.startswith(f"| `{entry.key}`") and f"| {entry.title} | {entry.description} |" in line
            )
            assert re.search(r"\| `\w+: .+` \|$", row), row
        else:
            assert re.search(rf"#+ {entry.title} `[\w.\[\]]*{entry.key}`", text), entry.key


def test_words_to_choose_from_are_listed() -> None:
    assert "| 小学、初中、九年一贯制 |" in manual() and "| 自动、文字 |" in manual()
