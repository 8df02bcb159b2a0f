"""`planforge templates`: which documents can be made, how each can be shaped, and whether a folder's are right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planforge.app.errors import Problem
from planforge.cli.show import show_problems, table

if TYPE_CHECKING:
    from planforge.app.templates import Framework, Kind, Option, Section

FOR = {"school": "学校", "staff": "教职工", "recipient": "家长或个人"}
_SHOWN_LINES = 4
"""Lines shown of a template that prints a sentence."""
STAGES = {"primary": "小学", "junior": "初中", "nine_year": "九年一贯制"}


def templates(
    what: Annotated[
        str,
        typer.Argument(
            metavar="[种类|文件夹]", help="一种文档的名称，看它的章节和选项；加 --check 时是文件夹"
        ),
    ] = "",
    check: Annotated[
        bool, typer.Option("--check", help="检查模板：试着生成每一种文档，列出所有写错的地方")
    ] = False,
    clauses: Annotated[bool, typer.Option("--clauses", help="列出条文")] = False,
    frameworks: Annotated[bool, typer.Option("--frameworks", help="列出框架（六严、五项管理等）")] = False,
    find: Annotated[
        str,
        typer.Option(
            "--find",
            metavar="句子",
            help="印出来的一句话是哪个模板写的：列出文件和行，填进去的内容不影响查找",
        ),
    ] = "",
    own: Annotated[
        list[Path] | None,
        typer.Option(
            "--templates",
            metavar="文件夹",
            help="学校自己的模板文件夹，排在自带模板之前；不写就用当前文件夹里的 templates 或 模板",
        ),
    ] = None,
) -> int:
    """列出能生成的文档；看一种文档的章节和选项；检查自己写的模板；找一句话出自哪个模板。"""
    from planforge.app.templates import template_search

    folders = [Path(what), *(own or [])] if check and what else own or []
    search = template_search(folders, Path.cwd() / "profile")
    if check:
        return _check(search, search[:-1])
    if find:
        return _find(find, search)
    if clauses:
        typer.echo("\n".join(_clauses(search, what)))
    elif frameworks:
        typer.echo("\n".join(_frameworks(search, what)))
    elif what:
        from planforge.app.templates import find_kinds, named

        typer.echo("\n".join(_kind(named(find_kinds(search), what))))
    else:
        typer.echo(_kinds(search))
    return 0


def _check(search: tuple[Path, ...], own: tuple[Path, ...]) -> int:
    """Try what the school's own folders have to do with; the built-in kinds where it has none."""
    from planforge.app.templates import concerned, gather, try_templates

    only = concerned(own, search) if own else None
    problems = [_from_here(problem) for problem in try_templates(search, only)]
    show_problems(problems)
    if problems:
        return 1
    kinds, _ = gather(search)
    names = "、".join(kind.card.name for name, kind in kinds.items() if only is None or name in only)
    typer.echo(f"模板没有写错的地方，试过的文档：{names or '（这个文件夹里没有文种）'}。")
    return 0


def _find(sentence: str, search: tuple[Path, ...]) -> int:
    """Print where a sentence comes from; 1 where no template has its words."""
    from planforge.app.templates import find_sentence

    sources = find_sentence(sentence, search)
    if not sources:
        typer.echo("模板里没有这句话：也许全是信息表里填的内容，或者是在 Word 里改过的；换一段连着的字再找。")
        return 1
    for source in sources:
        typer.echo(
            f"{source.path}:{source.lines[0][0]}（{source.what}，这句话有 {source.share:.0%} 的字在里面）"
        )
        typer.echo("\n".join(f"  {number}: {line}" for number, line in source.lines[:_SHOWN_LINES]))
    return 0


def _from_here(problem: Problem) -> Problem:
    """The problem with its file as seen from the working folder, where it lies in there."""
    place = problem.place
    if place is None or not Path(place.file).is_relative_to(Path.cwd()):
        return problem
    return replace(problem, place=replace(place, file=str(Path(place.file).relative_to(Path.cwd()))))


def _kinds(search: tuple[Path, ...]) -> str:
    from planforge.app.templates import find_kinds

    rows = [["种类", "名称", "对象", "各节"]]
    replaced: list[str] = []
    for kind in find_kinds(search).values():
        card = kind.card
        sections = "、".join(section.title for section in card.sections)
        rows.append([card.id, card.name, FOR[card.audience], sections])
        if kind.folder.parent != search[-1] and (search[-1] / card.id / "card.yaml").is_file():
            replaced.append(f"{card.name}（{card.id}）用的是 {kind.folder}，代替同名的自带文种。")
    notes = "".join(f"\n\n{line}" for line in replaced)
    return f"{table(rows, indent=0)}{notes}\n\n想看一种文档的章节和选项，写 planforge templates 名称。"


def _kind(kind: Kind) -> Iterator[str]:
    from planforge.app.templates import looks

    card = kind.card
    yield f"{card.name}（{card.id}）{'：' if card.summary else ''}{card.summary}"
    known = looks(kind.search)
    rows = [["对象", FOR[card.audience]], ["版式", f"{known.get(card.look, card.look)}（{card.look}）"]]
    if card.also:
        rows.insert(0, ["也叫", "、".join(card.also)])
    if card.length:
        rows.append(["字数", f"{card.length[0]}～{card.length[1]}"])
    if len(known) > 1:
        rows.append(["可选版式", "、".join(f"{title}（{name}）" for name, title in known.items())])
    yield table(rows)
    yield "章节，按先后："
    yield table([[section.title, section.id, _presence(section, kind)] for section in card.sections])
    if card.options:
        yield "选项："
        yield table([[option.title, option.id, _values(option)] for option in card.options])
    if kind.frameworks:
        yield "框架："
        yield table([_framework(framework) for framework in kind.frameworks.values()])
    yield "在信息表里这样写："
    yield "\n".join(f"  {line}" for line in _example(kind))
    yield from _naming(kind)


def _presence(section: Section, kind: Kind) -> str:
    titles = {other.id: other.title for other in kind.card.sections}
    words = ["必有"] if section.required else [] if section.default else ["点名才有"]
    words += [f"在“{titles[section.under]}”里"] if section.under else []
    words += ["有内容时才有"] if section.when else []
    return "，".join(words)


def _values(option: Option) -> str:
    match option.type:
        case "bool":
            return "是、否；通常是" + ("是" if option.default else "否")
        case "number" | "text":
            kind = "整数" if option.type == "number" else "文字"
            kind += f"，如 {option.example}" if option.example else ""
            return f"{kind}；通常是 {option.default}" if option.default != "" else kind
        case "framework":
            return f"框架的名称，见下；通常是{option.choices[str(option.default)]}"
        case "choice":
            return f"{'、'.join(option.choices.values())}；通常是{option.choices[str(option.default)]}"


def _framework(framework: Framework) -> list[str]:
    members = [f"{group.name}（{len(group.members)}）" for group in framework.groups]
    return [
        framework.name,
        framework.id,
        framework.since,
        "、".join(members or [member.title for member in framework.members]),
    ]


def _example(kind: Kind) -> Iterator[str]:
    card = kind.card
    yield "documents:"
    yield f"  - kind: {card.name}"
    left_out = next((section for section in card.sections if not section.required and section.default), None)
    if left_out is not None:
        yield f"    without: [{left_out.title}]"
    option = next((candidate for candidate in card.options if candidate.type == "choice"), None)
    if option is not None:
        other = next(title for key, title in option.choices.items() if key != option.default)
        yield f"    options: {{{option.title}: {other}}}"


def _naming(kind: Kind) -> Iterator[str]:
    """How a section is had that is only there when it is named."""
    named = [section.title for section in kind.card.sections if not section.required and not section.default]
    usual = [
        section.title
        for section in kind.card.sections
        if section.default and not section.under and not section.required
    ]
    if named:
        yield "“点名才有”的章节写进 sections；写了 sections，就只要写出的几节，按写的先后："
        yield f"      sections: [{', '.join([*usual[:1], named[0], *usual[1:2]])}]"


def _clauses(search: tuple[Path, ...], topic: str) -> Iterator[str]:
    from planforge.app.templates import clauses

    listed = [clause for clause in clauses(search).values() if topic in ("", clause.topic)]
    rows = [
        [
            clause.id,
            clause.title,
            "、".join(STAGES[stage] for stage in clause.stages) or "各学段",
            clause.note,
        ]
        for clause in listed
    ]
    yield table([["条文", "名称", "学段", "备注"], *rows], indent=0)


def _frameworks(search: tuple[Path, ...], word: str) -> Iterator[str]:
    from planforge.app.templates import frameworks

    known = frameworks(search).values()
    rows = [
        _framework(framework)
        for framework in known
        if word in ("", framework.id, framework.name, *framework.also)
    ]
    yield table([["名称", "写法", "何时用起", "成员"], *rows], indent=0)
