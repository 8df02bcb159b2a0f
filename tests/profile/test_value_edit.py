"""One value changed in a form's text: it reads as it was typed, and everything else is what it was, comments too."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import Phase, assume, example, given
from hypothesis import strategies as st

from planforge.core.resources import profiles_root
from planforge.profile import blank_form
from planforge.profile.field_titles import Path, keys
from planforge.profile.fields import FormGroup
from planforge.profile.model import Profile
from planforge.profile.value_edit import plain_values, with_rows, with_value
from tests.support.exploring import examples

FORMS = [
    *(path.read_text(encoding="utf-8") for path in sorted(profiles_root().glob("*.yaml"))),
    blank_form(),
    "",
]
_PHASES = (Phase.explicit, Phase.generate)  # a form is long: shrinking it would take minutes
WORDS = st.one_of(
    st.sampled_from(["10:30", "2026-09-01", "是", "07", "1-6", "张三（校长）", "a: b", "# 号", "- 甲", "{", "[一]", "'", '"', "~", "null"]),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\u2028\u2029\ufeff\x85"), min_size=1, max_size=12),
)  # fmt: skip


def paths(model: type[FormGroup], prefix: Path = ()) -> list[tuple[Path, bool]]:
    """Each key that holds values, and whether it is a list of groups."""
    found: list[tuple[Path, bool]] = []
    for key, entry in keys(model).items():
        if entry.listed:
            found.append(((*prefix, key), True))
        elif entry.kind is not None:
            found += paths(entry.kind, (*prefix, key))
        elif key not in ("schema", "extends", "options"):
            found.append(((*prefix, key), False))
    return found


PLACES = paths(Profile)


def put(values: Any, path: Path, value: Any) -> Any:
    """What a form should hold after a change, by its values alone."""
    values = copy.deepcopy(values) if isinstance(values, dict) else {}
    here = values
    for step in path[:-1]:
        if not isinstance(here.get(step), dict):
            here[step] = {}
        here = here[step]
    here[path[-1]] = value
    return values


def filled(values: Any) -> Any:
    """Values without those that are empty, which say nothing."""
    if isinstance(values, dict):
        return {key: inner for key, value in values.items() if (inner := filled(value)) not in ("", {}, [])}
    if isinstance(values, list):
        return [inner for value in values if (inner := filled(value)) not in ("", {}, [])]
    return values


def comments(text: str) -> list[str]:
    return re.findall(r"(?m)(?:^|\s)(#.*)$", text)


@examples(150, phases=_PHASES)
@given(
    st.sampled_from(FORMS),
    st.sampled_from([path for path, listed in PLACES if not listed]),
    WORDS.filter(lambda words: words.strip(" \u3000\xa0\t") == words),
)
@example(FORMS[0], ("school", "phone"), "0571-00000000")
def test_a_value_reads_as_it_was_typed_and_nothing_else_changes(text: str, path: Path, value: str) -> None:
    before = plain_values(text)
    old = before
    for step in path:
        assume(old is None or isinstance(old, dict) or old == "")  # a person in one line has no keys
        old = old.get(step) if isinstance(old, dict) else None
    after = with_value(text, path, value)
    wanted = value if not isinstance(old, list) else [value]
    assert filled(plain_values(after)) == filled(put(before, path, wanted))
    assert set(comments(text)) - set(comments(after)) == set() or isinstance(old, list)
    assert filled(plain_values(with_value(after, path, ""))) == filled(put(before, path, ""))


@examples(100, phases=_PHASES)
@given(
    st.sampled_from(FORMS),
    st.sampled_from([path for path, listed in PLACES if listed]),
    st.lists(
        st.dictionaries(
            st.sampled_from(["what", "who", "name"]),
            WORDS.filter(lambda w: w.strip(" \u3000\xa0\t") == w),
            min_size=1,
        ),
        max_size=4,
    ),
)
def test_rows_read_as_they_were_typed(text: str, path: Path, rows: list[dict[str, str]]) -> None:
    before = plain_values(text)
    after = with_rows(text, path, rows)
    assert filled(plain_values(after)) == filled(put(before, path, rows))


def test_what_a_row_holds_besides_is_kept() -> None:
    text = "schedule:\n  # 九月\n  - {id: s1, month: 9, what: 家访, status: 完成}\n  - {id: s2, month: 10, what: 检查}\n"
    after = with_rows(text, ("schedule",), [{"": "1", "what": "检查"}, {"": "0", "what": "家访全覆盖"}])
    assert plain_values(after)["schedule"] == [
        {"id": "s2", "month": "10", "what": "检查"},
        {"id": "s1", "month": "9", "what": "家访全覆盖", "status": "完成"},
    ]


@pytest.mark.parametrize("text", FORMS)
def test_saving_what_stands_there_changes_no_byte(text: str) -> None:
    values = plain_values(text)
    for path, listed in PLACES:
        here: Any = values
        for step in path:
            here = here.get(step) if isinstance(here, dict) else None
        if listed and isinstance(here, list):
            rows = [{"": str(number)} if isinstance(row, dict) else row for number, row in enumerate(here)]
            assert with_rows(text, path, rows) == text
        elif isinstance(here, str) and here:
            assert plain_values(with_value(text, path, here)) == values
