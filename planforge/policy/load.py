"""Reading rule packs: the built-in ones, then the ones that a school or bureau adds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from planforge.core.problems import InputError, Place, Problem
from planforge.core.yaml_nodes import KeyPath
from planforge.policy.model import Pack
from planforge.policy.pack_nodes import read_pack
from planforge.policy.rules_in_force import RulePacks

BUILT_IN = Path(__file__).resolve().parent / "packs"

_MEANINGS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项",
    "literal_error": "不在可选的范围内",
    "int_parsing": "应为整数",
    "greater_than_equal": "数目太小",
    "model_type": "应为一组“项目: 内容”",
    "tuple_type": "应为一个列表",
    "string_type": "应为一行文字",
    "date_from_datetime_parsing": "应为日期，如 2021-07-24",
    "date_parsing": "应为日期，如 2021-07-24",
}


_SHOWN = 40
"""Characters shown of what stands where something else should."""


def load_packs(extra: Sequence[Path] = ()) -> RulePacks:
    """All rule packs: the national one, those of the provinces, then `extra` in its order.

    Args:
        extra: files of a school or bureau. A rule of theirs that is less strict than an earlier one counts
            for nothing.

    Raises:
        InputError: with every mistake that the files hold, each with file and line.
    """
    packs: list[Pack] = []
    problems: list[Problem] = []
    places: list[Mapping[KeyPath, Place]] = []
    built_in = sorted(BUILT_IN.glob("*.yaml"), key=lambda path: (path.stem != "national", path.stem))
    for path in (*built_in, *extra):
        try:
            data, where = read_pack(path)
            packs.append(_pack(data, where, built_in=path in built_in))
            places.append(where)
        except InputError as error:
            problems.extend(error.problems)
    problems.extend(_across(packs, places))
    known = {rule.quantity for pack in packs[: len(built_in)] for rule in pack.rules}
    for own, lines in zip(packs[len(built_in) :], places[len(built_in) :], strict=True):
        problems.extend(_unread(own, lines, known))
    if problems:
        raise InputError(problems)
    return RulePacks(packs)


def _pack(data: object, places: Mapping[KeyPath, Place], *, built_in: bool) -> Pack:
    try:
        return Pack.model_validate(data, context={"built_in": built_in})
    except ValidationError as error:
        raise InputError(_problem(detail, places) for detail in error.errors()) from error


def _problem(detail: Mapping[str, object], places: Mapping[KeyPath, Place]) -> Problem:
    location = detail["loc"]
    assert isinstance(location, tuple)
    path: KeyPath = location
    while path and path not in places:
        path = path[:-1]
    kind = str(detail["type"])
    own_words = str(detail["msg"]).removeprefix("Value error, ") if kind == "value_error" else "这里写得不对"
    given, context = detail.get("input"), detail.get("ctx")
    return Problem(
        _MEANINGS.get(kind, own_words),
        places.get(path),
        field=".".join(str(part) for part in location),
        # A file that is no pack at all may be anybody's: it is not quoted.
        found=" ".join(given[:_SHOWN].split()) if isinstance(given, str) and path else "",
        expected=_expected(context),
        code=f"pack.{kind}",
    )


def _expected(context: object) -> str:
    words = str(context["expected"]) if isinstance(context, dict) and "expected" in context else ""
    return words.replace(" or ", "、").replace(", ", "、").replace("'", "")


def _unread(pack: Pack, where: Mapping[KeyPath, Place], known: Collection[str]) -> Iterator[Problem]:
    """Rules that nothing would ever be held against: a number for an unknown quantity, and no words to seek."""
    for index, rule in enumerate(pack.rules):
        if rule.limit.value is not None and not rule.sought and rule.quantity not in known:
            near = get_close_matches(rule.quantity, sorted(known), 1, 0.5)
            yield Problem(
                "没有这个量，这条规定什么也查不到",
                where.get(("rules", index, "quantity")),
                field="quantity",
                found=rule.quantity,
                fix=f"是不是 {near[0]}？" if near else "改成国家规定里有的量，或写明 passages",
                code="pack.no_quantity",
            )


def _across(packs: Sequence[Pack], places: Sequence[Mapping[KeyPath, Place]]) -> Iterator[Problem]:
    """What concerns several rules: ids used twice, references to nothing."""
    documents = {document.id for pack in packs for document in pack.documents}
    rules = {rule.id for pack in packs for rule in pack.rules}
    phrases = {phrase.id for pack in packs for phrase in pack.phrases}
    seen: set[tuple[str, str]] = set()
    for pack, where in zip(packs, places, strict=True):
        entries = [("documents", index, document.id) for index, document in enumerate(pack.documents)]
        entries += [("phrases", index, phrase.id) for index, phrase in enumerate(pack.phrases)]
        entries += [("rules", index, rule.id) for index, rule in enumerate(pack.rules)]
        for group, index, name in entries:
            if (group, name) in seen:
                at = where.get((group, index, "id"))
                yield Problem("编号与另一条相同", at, field="id", found=name, code="pack.duplicate_id")
            seen.add((group, name))
        for index, phrase in enumerate(pack.phrases):
            if phrase.replaced_by and phrase.replaced_by not in phrases:
                at = where.get(("phrases", index, "replaced_by"))
                yield Problem(
                    "没有这条提法", at, field="replaced_by", found=phrase.replaced_by, code="pack.no_phrase"
                )
        for index, rule in enumerate(pack.rules):
            for number, citation in enumerate(rule.basis):
                if citation.document not in documents:
                    at = where.get(("rules", index, "basis", number, "document"))
                    yield Problem(
                        "没有这份文件", at, field="document", found=citation.document, code="pack.no_document"
                    )
            for number, other in enumerate(rule.replaced_by):
                if other not in rules:
                    at = where.get(("rules", index, "replaced_by", number))
                    yield Problem("没有这条规定", at, field="replaced_by", found=other, code="pack.no_rule")
