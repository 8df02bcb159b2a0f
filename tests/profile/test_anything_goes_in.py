"""Whatever is fed in, reading ends with an answer, never with an exception."""

import subprocess
import sys
from pathlib import Path

from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from planforge.core.problems import Place
from planforge.profile import Profile, blank_form, read_profile, read_profile_text
from planforge.profile.field_titles import keys
from planforge.profile.form import written
from tests.support.exploring import examples

SAMPLES = [path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("wrong/*.yaml"))]
RELAXED = examples(
    150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@RELAXED
@given(st.binary(max_size=400))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any.yaml"
    path.write_bytes(data)
    for problem in read_profile(path).problems:
        assert problem.message
        assert isinstance(problem.place, Place)


@RELAXED
@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text(text: str) -> None:
    read_profile_text(text)


@RELAXED
@given(st.sampled_from(SAMPLES), st.data())
def test_profiles_with_something_inserted(sample: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(sample)))
    piece = data.draw(st.text(alphabet="\t\n :-：　#\"'[]{}&*!|>%@`,?~=ab1中\x00\u202e\ud800𠮷", max_size=5))
    for problem in read_profile_text(sample[:at] + piece + sample[at:]).problems:
        assert problem.message
        assert problem.code


KEYS = sorted(key for key in keys(Profile))
VALUES: st.SearchStrategy[object] = st.recursive(
    st.text(max_size=8) | st.sampled_from(["", "1", "7:50", "1-6", "小学", "a1"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYS, "id", "name", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def as_yaml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {as_yaml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_yaml, value)) + "]"
    text = written(str(value))
    return text if text.startswith('"') else f'"{text}"'


@RELAXED
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4))
def test_any_shape_in_any_place(data: dict[str, object]) -> None:
    reading = read_profile_text(as_yaml(data))
    assert isinstance(reading.profile, Profile)


@RELAXED
@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20))
def test_any_printable_name_comes_back(name: str) -> None:
    reading = read_profile_text(blank_form({"school.name": name}))
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    if any(problem.code == "value.marks" for problem in reading.problems):
        assert not any(sign.isalnum() for sign in name)
    elif not errors:
        assert reading.profile.school.name == name
    else:
        assert {problem.code for problem in errors} <= {"char.invisible", "char.lost"}


def test_a_file_made_to_be_slow_is_read_in_seconds(tmp_path: Path) -> None:
    path = tmp_path / "slow.yaml"
    for text in (
        "\ta\n" * 600_000,
        "- " * 900_000,
        "'" * 1_900_000,
        "school: [" + "x, " * 500_000,
        "group: {members: " + "、" * 600_000 + "}",
        "acts: 一\n" + "  二\n" * 300_000,
        "? " * 900_000,
        "".join(f"k{n}: 1\n" for n in range(19_000)),
        "goals:\n" + "".join(f"- id: {n}\n" for n in range(9_000)),
        "a: |\n" + "  b:c\n" * 250_000,
    ):
        path.write_text(text, encoding="utf-8")
        assert read_profile(path).problems, text[:20]


def test_reading_needs_no_printer() -> None:
    code = (
        "import sys, planforge.profile; "
        "print([m for m in ('weasyprint', 'docx', 'jinja2', 'planforge.facts') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
