"""A kind's card: what a kind of document is called, whom it is for, its sections and its options.

Cards are data, so that a school can add a kind of its own without a line of Python; whatever is wrong in one
is said with file, line and column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from planforge.compose.strict_yaml import IDENTIFIER, StrictFile, StrictValue
from planforge.compose.template_faults import TemplateFault, suggestion
from planforge.compose.views import View
from planforge.core.problems import Place
from planforge.facts.model import Facts

Audience = Literal["school", "staff", "recipient"]
OptionType = Literal["bool", "choice", "number", "text", "framework"]
OPTION_TYPES: tuple[str, ...] = get_args(OptionType)

NO_FRAMEWORK = "none"
"""The value of an option of type framework where a school wants none."""

_KEYS = {
    "name": True, "also": False, "for": True, "look": False, "title": False, "summary": False, "options": False,
    "sections": True, "needs": False, "length": False, "prints": False, "varies_by": False,
    "pack": False, "master": False, "layers": False,
}  # fmt: skip
_NOT_FACTS = frozenset({"sources", "missing"})


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of Jinja in a card, with its place: an expression (`when`) or a text (`title`)."""

    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a school has. choices: key → Chinese name, for type choice; for type framework those that
    there are, filled in where the search folders are known. also: other words → key. example: of what to write.
    """

    id: str
    title: str
    type: OptionType
    default: bool | int | str
    choices: Mapping[str, str]
    also: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None
    example: str = ""

    def parse(self, word: str | bool | int) -> bool | int | str | None:
        """The value that a person's word stands for; None where it stands for none."""
        text = str(word).strip()
        match self.type:
            case "bool":
                if isinstance(word, bool):
                    return word
                return {"是": True, "true": True, "yes": True, "否": False, "false": False, "no": False}.get(
                    text.lower()
                )
            case "number":
                return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
            case "choice" | "framework":
                by_title = {**self.also, **{title: key for key, title in self.choices.items()}}
                return text if text in self.choices else by_title.get(text)
            case "text":
                return text

    def expected(self) -> str:
        """What may be written, for a message."""
        match self.type:
            case "bool":
                return "是 或 否"
            case "number":
                return "整数"
            case "choice" | "framework":
                return "、".join(
                    f"“{choice}”" if "、" in choice else choice for choice in self.choices.values()
                )
            case "text":
                return "文字"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document with a template file of its own. default: printed unless a school says otherwise.

    under: the section whose heading this one stands below; it comes with that one and goes with it.
    """

    id: str
    title: str
    required: bool = False
    default: bool = True
    when: Code | None = None
    place: Place | None = None
    under: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A kind of document.

    Attributes:
        length: characters wanted, (least, most).
        needs: fact paths it cannot do without.
        prints, varies_by: for kinds with recipients, the fields that are only printed and those that the text
            depends on.
        also: other names that a school may write for it.
        pack: `term` where it belongs to what a school gets that asks for nothing in particular.
        master: values of options for the copy that is the same for all.
        layers: the option that says whose agreement it is, where that follows from the posts of staff.
    """

    id: str
    name: str
    audience: Audience
    sections: tuple[Section, ...]
    also: tuple[str, ...] = ()
    look: str = "official"
    title: Code | None = None
    summary: str = ""
    options: tuple[Option, ...] = ()
    needs: tuple[str, ...] = ()
    length: tuple[int, int] | None = None
    prints: tuple[str, ...] = ()
    varies_by: tuple[str, ...] = ()
    pack: Literal["", "term"] = ""
    master: Mapping[str, str] = field(default_factory=dict)
    layers: str = ""
    place: Place | None = None
    look_place: Place | None = None


def read_card(path: Path) -> Card:
    """Read `<kind>/card.yaml`. Raises InputError with everything that is wrong in it."""
    try:
        words = path.read_bytes()
    except OSError:
        return _card(path)  # which tells what is wrong
    return _known_card(path, words)


@lru_cache(maxsize=256)
def _known_card(path: Path, words: bytes) -> Card:
    """A card is read once in a process as long as its words stay the same."""
    return _card(path)


def _card(path: Path) -> Card:
    file = StrictFile(path)
    top = file.root()
    parts = top.mapping(_KEYS)
    kind = path.parent.name
    if not IDENTIFIER.fullmatch(kind):
        top.wrong("文种文件夹的名称只能用小写字母、数字和下划线", "card-id", found=kind)
    card = Card(
        id=kind,
        name=parts["name"].text() if "name" in parts else "",
        audience=_audience(parts.get("for")),
        sections=_sections(parts.get("sections")),
        also=_texts(parts.get("also")),
        look=parts["look"].text() if "look" in parts else "official",
        title=_code(parts.get("title")),
        summary=parts["summary"].text() if "summary" in parts else "",
        options=_options(parts.get("options")),
        needs=_needs(parts.get("needs")),
        length=_length(parts.get("length")),
        prints=_texts(parts.get("prints")),
        varies_by=_texts(parts.get("varies_by")),
        pack=_pack(parts.get("pack")),
        master={name: setting.text() for name, setting in parts["master"].mapping().items()}
        if "master" in parts
        else {},
        layers=parts["layers"].text() if "layers" in parts else "",
        place=top.place,
        look_place=parts["look"].place if "look" in parts else None,
    )
    options = {option.id: option for option in card.options}
    for name, value in card.master.items():
        if name not in options or options[name].parse(value) is None:
            parts["master"].wrong(
                "master 里要写这种文件自己的选项和它的值", "card-master", found=f"{name}: {value}"
            )
    if card.layers and (card.layers not in options or options[card.layers].type != "choice"):
        parts["layers"].wrong("layers 要写一个 type: choice 的选项", "card-layers", found=card.layers)
    for key in ("prints", "varies_by", "layers"):
        if key in parts and card.audience != "recipient":
            parts[key].wrong("只有 for: recipient 的文种才写这一项", "card-recipient")
    for word in set(card.prints) & set(card.varies_by):
        parts["varies_by"].wrong(f"{word} 不能既在 prints 里又在 varies_by 里", "card-recipient")
    file.refuse()
    return card


def _audience(value: StrictValue | None) -> Audience:
    if value is None:
        return "school"
    word = value.one_of(("school", "staff", "recipient"))
    return word  # type: ignore[return-value]


def _pack(value: StrictValue | None) -> Literal["", "term"]:
    return "" if value is None or value.one_of(("term",)) != "term" else "term"


def _texts(value: StrictValue | None) -> tuple[str, ...]:
    return tuple(entry.text() for entry in value.sequence()) if value is not None else ()


def _code(value: StrictValue | None) -> Code | None:
    if value is None:
        return None
    return Code(value.text(), value.place)


def _sections(value: StrictValue | None) -> tuple[Section, ...]:
    sections: dict[str, Section] = {}
    for entry in value.sequence() if value is not None else ():
        if entry.is_text():
            section = Section(entry.text(), entry.text(), place=entry.place)
        else:
            parts = entry.mapping(
                {
                    "id": True,
                    "title": False,
                    "required": False,
                    "default": False,
                    "when": False,
                    "under": False,
                }
            )
            if "id" not in parts:
                continue
            name = parts["id"].text()
            section = Section(
                name,
                parts["title"].text() if "title" in parts else name,
                parts["required"].yes() if "required" in parts else False,
                parts["default"].yes() if "default" in parts else True,
                _code(parts.get("when")),
                entry.place,
                parts["under"].text() if "under" in parts else "",
            )
            above = sections.get(section.under)
            if section.under and (above is None or above.under):
                parts["under"].wrong(
                    "under 要写排在前面的、自己不在别的章节下面的 section",
                    "card-section",
                    found=section.under,
                    fix=suggestion(
                        section.under, [name for name, other in sections.items() if not other.under]
                    ),
                )
        if not IDENTIFIER.fullmatch(section.id):
            entry.wrong("id 只能用小写字母、数字和下划线", "card-id", found=section.id)
        elif section.id in sections:
            entry.wrong(f"section {section.id} 写了两次", "card-duplicate")
        if section.required and not section.default:
            entry.wrong("required 的 section 不能写 default: 否", "card-section")
        sections[section.id] = section
    if value is not None and not sections:
        value.wrong("至少要有一个 section", "card-section")
    return tuple(sections.values())


def _options(value: StrictValue | None) -> tuple[Option, ...]:
    options: list[Option] = []
    for name, entry in (value.mapping() if value is not None else {}).items():
        parts = entry.mapping(
            {"title": True, "type": True, "default": True, "choices": False, "example": False}
        )
        if not {"title", "type", "default"} <= parts.keys():
            continue
        kind: Any = parts["type"].one_of(OPTION_TYPES)
        if kind != parts["type"].text():
            continue
        choices = _choices(parts.get("choices"))
        if (kind == "choice") != bool(choices):
            entry.wrong("type: choice 要有 choices，其他类型不写", "card-option")
        draft = Option(name, parts["title"].text(), kind, "", choices)
        default = parts["default"].text() if kind == "framework" else draft.parse(parts["default"].text())
        if default is None:
            parts["default"].wrong(
                "默认值不合适", "card-option", found=parts["default"].text(), expected=draft.expected()
            )
            continue
        if not IDENTIFIER.fullmatch(name):
            entry.wrong("选项名只能用小写字母、数字和下划线", "card-id", found=name)
        if kind == "framework" and any(other.type == "framework" for other in options):
            entry.wrong("一种文件只能有一个 type: framework 的选项", "card-option")
        example = parts["example"].text() if "example" in parts else ""
        place = parts["default"].place
        options.append(Option(name, draft.title, kind, default, choices, place=place, example=example))
    return tuple(options)


def _choices(value: StrictValue | None) -> dict[str, str]:
    return {key: title.text() for key, title in value.mapping().items()} if value is not None else {}


def _needs(value: StrictValue | None) -> tuple[str, ...]:
    paths = []
    for entry in value.sequence() if value is not None else ():
        path = entry.text()
        view = View(None, "", Facts)
        try:
            for part in path.split("."):
                if not view.path() and part in _NOT_FACTS:
                    raise TemplateFault(f"没有 {part} 这一项", "unknown-fact")
                view = view.member(part)
        except TemplateFault as fault:
            entry.wrong(fault.message, fault.code, found=path, fix=fault.fix)
        else:
            paths.append(path)
    return tuple(paths)


def _length(value: StrictValue | None) -> tuple[int, int] | None:
    if value is None:
        return None
    parts = value.mapping({"min": True, "max": True})
    if not {"min", "max"} <= parts.keys():
        return None
    least, most = parts["min"].whole(), parts["max"].whole()
    if least > most:
        value.wrong("min 不能大于 max", "card-length")
    return least, most
