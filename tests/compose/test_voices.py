"""One rule in several voices: a file each beside the plan's, none standing in for another."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.compose import clauses, compose
from planforge.compose.clauses import clause_file
from planforge.core.problems import InputError
from planforge.core.resources import templates_root
from planforge.document.tree import Paragraph, plain
from tests.compose.kind_folder import kind, problem, write
from tests.compose.school_facts import facts


def voice(folder: Path, name: str, text: str) -> None:
    path = folder / f"{name}.xml.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_each_voice_is_a_file_of_its_own(tmp_path: Path) -> None:
    voice(tmp_path, "clauses/home/ask", "{#- title: 请求 -#}\n学校请家长配合。")
    voice(tmp_path, "clauses/home/ask.letter", "{#- title: 请求（家长信） -#}\n请您配合。")
    write(tmp_path, '<p>{{ clause("home.ask") }}</p><p>{{ clause("home.ask.letter") }}</p>')
    made = compose(kind(tmp_path), facts()).document
    said = [plain(block.content) for block in made.blocks if isinstance(block, Paragraph)]
    assert said == ["学校请家长配合。", "请您配合。"]
    assert clause_file("home.ask.letter") == "clauses/home/ask.letter.xml.j2"


def test_a_voice_that_is_not_there_is_a_mistake_and_not_the_plans(tmp_path: Path) -> None:
    voice(tmp_path, "clauses/home/ask", "{#- title: 请求 -#}\n学校请家长配合。")
    one = problem(tmp_path, '<p>{{ clause("home.ask.letter") }}</p>')
    assert one.code == "unknown-clause" and "home.ask" in one.fix


@pytest.mark.parametrize("name", ["ask.letter.second", "ask.Letter", "ask.2"])
def test_other_endings_are_refused(tmp_path: Path, name: str) -> None:
    voice(tmp_path, f"clauses/home/{name}", "{#- title: 请求 -#}\n请您配合。")
    with pytest.raises(InputError, match="条文的文件夹和文件名"):
        clauses([tmp_path])


def test_voices_are_listed_with_the_rule_that_they_speak_of() -> None:
    known = clauses([templates_root()])
    assert known["homework.limits.letter"].topic == known["homework.limits"].topic == "homework"
    assert {"homework.limits", "homework.limits.letter", "homework.limits.pledge"} <= known.keys()
    assert all(
        name.count(".") == 1 or name.rpartition(".")[2] in {"letter", "pledge", "rule"} for name in known
    )
