"""From a sentence on paper to the line of a template that a maintainer has to change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from planforge.app.document_composing import compose_all
from planforge.app.opened_profile import rule_packs, template_search
from planforge.compose.sentence_search import find_sentence
from planforge.core.resources import profiles_root, templates_root
from planforge.document.tree import Fact, Inlines, Paragraph, plain
from planforge.facts import resolve
from planforge.profile import read_profile
from tests.support.commands import planforge

BUILT_IN = templates_root()


def first(sentence: str, *own: Path) -> tuple[str, int, str]:
    source = find_sentence(sentence, [*own, BUILT_IN])[0]
    root = next(root for root in (*own, BUILT_IN) if source.path.is_relative_to(root))
    return source.path.relative_to(root).as_posix(), source.place.line, source.what


def line_of(name: str, words: str) -> int:
    lines = (BUILT_IN / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


@pytest.mark.parametrize(
    ("sentence", "name", "words"),
    [
        ("每周三为无作业日，这一天不布置书面家庭作业。", "clauses/homework/free_day.xml.j2", "为无作业日"),
        ("布置书面家庭作业。", "clauses/homework/free_day.xml.j2", "为无作业日"),
        (
            "作业题目由教师精选并先做一遍，收上来的作业\n全部批改，及时讲评。",
            "clauses/homework/design.xml.j2",
            "精选",
        ),
        ("每月的最后一个星期五是无作业日。", "clauses/homework/free_day.letter.xml.j2", "是无作业日"),
    ],
)
def test_a_printed_sentence_leads_to_file_and_line(sentence: str, name: str, words: str) -> None:
    sources = find_sentence(sentence, [BUILT_IN])
    places = {(source.path.relative_to(BUILT_IN).as_posix(), source.place.line) for source in sources}
    assert (name, line_of(name, words)) in places


def sentences(content: Inlines) -> Iterator[str]:
    """The sentences of a paragraph that are mostly the template's own words."""
    facts = "".join("\1" * len(node.text) if isinstance(node, Fact) else plain((node,)) for node in content)
    start = 0
    for stop in [*(match.end() for match in re.finditer("。", facts)), len(facts)]:
        if stop - start >= 12 and facts.count("\1", start, stop) <= 0.4 * (stop - start):
            yield plain(content)[start:stop]
        start = stop


def test_sentences_of_a_whole_school_are_found_in_the_file_that_the_tree_names_or_in_a_shared_one() -> None:
    reading = read_profile(profiles_root() / "city-primary.yaml")
    facts = resolve(reading, rule_packs())
    asked: dict[str, Path] = {}
    for _, made in compose_all(facts, reading, (), template_search()):
        for block in made.document.blocks:
            pieces = [block] if isinstance(block, Paragraph) else getattr(block, "items", ())
            for piece in pieces:
                if piece.place is not None:
                    asked.update(dict.fromkeys(sentences(piece.content), Path(piece.place.file)))
    some = dict(sorted(asked.items())[:40])
    right = {
        sentence
        for sentence, file in some.items()
        for source in find_sentence(sentence, [BUILT_IN])
        if source.path == file or {"clauses", "frameworks"} & {*source.path.parts}
    }
    assert len(some) > 20
    assert len(right) >= 0.95 * len(some), sorted(some.keys() - right)


def test_frameworks_are_found() -> None:
    name = "frameworks/six_stricts.yaml"
    assert first("三、严格控制课外作业量") == (name, line_of(name, "严格控制课外作业量"), "框架 six_stricts")


def test_a_schools_own_template_goes_before_the_built_in_one(tmp_path: Path) -> None:
    own = tmp_path / "clauses" / "homework" / "free_day.xml.j2"
    own.parent.mkdir(parents=True)
    own.write_text(
        "{#- title: 无作业日 -#}\n{{ homework.no_homework_day }}全校停一天书面作业，改为亲子阅读。\n",
        encoding="utf-8",
    )
    name, line, what = first("每周三全校停一天书面作业，改为亲子阅读。", tmp_path)
    assert (name, line, what) == ("clauses/homework/free_day.xml.j2", 2, "条文 homework.free_day")
    found = find_sentence("每周三为无作业日，这一天不布置书面家庭作业。", [tmp_path, BUILT_IN])
    assert BUILT_IN / "clauses/homework/free_day.xml.j2" not in [source.path for source in found]


def test_words_inside_an_expression_count_and_comments_do_not(tmp_path: Path) -> None:
    section = tmp_path / "own_kind" / "text.xml.j2"
    section.parent.mkdir()
    section.write_text(
        "{#- 注释里写着蓝田玉暖日生烟 -#}\n<p>{{ '沧海月明珠有泪' if acts else '此情可待成追忆' }}</p>\n",
        encoding="utf-8",
    )
    assert first("此情可待成追忆", tmp_path) == ("own_kind/text.xml.j2", 2, "文种 own_kind 的 text 一节")
    assert not find_sentence("蓝田玉暖日生烟", [tmp_path])


def test_the_command_says_file_and_line_in_chinese_and_fails_where_nothing_is_found(tmp_path: Path) -> None:
    done = planforge("templates", "--find", "每周三为无作业日，这一天不布置书面家庭作业。", at=tmp_path)
    assert done.returncode == 0 and "free_day.xml.j2:2（条文 homework.free_day" in done.stdout
    done = planforge("templates", "--find", "魑魅魍魉饕餮貔貅", at=tmp_path)
    assert done.returncode == 1 and "模板里没有这句话" in done.stdout
