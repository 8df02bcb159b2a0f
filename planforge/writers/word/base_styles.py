"""The styles of a school's file with ours added where it has none of that name."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planforge.writers.word.base_file import BaseFile, W, parse, part_of_kind
from planforge.writers.word.styles import style_id, styles_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

    from planforge.document.look import Look
    from planforge.writers.word.school_body import SchoolBody

BODY = "公文正文"
"""What our body style is called beside a Normal that its school never set."""
_STOCK_SIZES = frozenset({"", "20", "21", "22", "24"})  # half points: what programs set where nobody did
_SET_BY_PROGRAMS = frozenset(
    {"Title", "Heading1", "Heading2", "Heading3", "Heading4", "Salutation", "Signature", "Caption", "Strong"}
)
"""Our ids of the built-in styles that programs make up blue, bold and in the theme's fonts."""
_ALSO = {
    "normal": ("正文",),
    "title": ("标题", "文件标题"),
    "heading 1": ("标题 1", "标题1", "一级标题"),
    "heading 2": ("标题 2", "标题2", "二级标题"),
    "heading 3": ("标题 3", "标题3", "三级标题"),
    "heading 4": ("标题 4", "标题4", "四级标题"),
    "salutation": ("称呼",),
    "signature": ("签名",),
    "caption": ("题注", "表题"),
    "footer": ("页脚", "页码"),
    "strong": ("要点",),
}

_BELOW_TITLE = {f"heading {level}": f"heading {level + 1}" for level in range(1, 5)}
"""Which of a school's headings stand for ours where its first is the title (what converters of Markdown make)."""
_TITLE_SIZE = 36
"""Half points (小二) from which a heading in the middle of its line is a title; larger ones are wherever they stand."""
_TITLE_SIZE_ANYWHERE = 40
_LINED = frozenset(
    f"{W}{name}"
    for name in (
        "widowControl",
        "kinsoku",
        "autoSpaceDE",
        "autoSpaceDN",
        "adjustRightInd",
        "snapToGrid",
        "spacing",
    )
)
"""What our body text says of its paragraphs where it follows a school's and stands on the grid of its page."""


@dataclass(slots=True)
class MergedStyles:
    """root: the styles part. ids: of ours by kind and our id; replaced: our paragraph styles for which the
    school's stands; added: ours, new or in the place of one that nobody had set; numbers: the list that each of ours was tied to; default: id of the school's Normal;
    names: the name that one of ours goes by there, where it is another.
    """

    root: _Element
    default: str
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    numbers: dict[str, _Element] = field(default_factory=dict)
    added: list[_Element] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def id_of(self, kind: str, ours: str) -> str:
        """The id in the school's file of a style of ours."""
        return self.ids.get((kind, ours), ours)

    def renumber(self, shift: int) -> None:
        """Let the added styles name their lists by the numbers that those have there."""
        for style in self.added:
            for element in style.iter(f"{W}numId"):
                element.set(f"{W}val", str(int(element.get(f"{W}val", "0")) + shift))


def merged_styles(theirs: _Element, ours: _Element, school: SchoolBody | None = None) -> MergedStyles:
    """Their styles part with our missing styles in it. school: how its body text is set."""
    known = {
        (style.get(f"{W}type", ""), _name(style).casefold()): style.get(f"{W}styleId", "")
        for style in theirs.iter(f"{W}style")
    }
    taken = {style.get(f"{W}styleId", "").casefold() for style in theirs.iter(f"{W}style")}
    default = default_style(theirs)
    styles = MergedStyles(theirs, "" if default is None else default.get(f"{W}styleId", ""))
    by_name = {_name(style).casefold(): style for style in theirs.iter(f"{W}style")}
    if first_heading_is_title(theirs):
        title = next((by_name[name] for name in ("title", *_ALSO["title"]) if name in by_name), None)
        styles.names = dict(_BELOW_TITLE)
        if title is None or _has_no_font(title):
            styles.names["title"] = "heading 1"
    body = next(style for style in ours.iter(f"{W}style") if style.get(f"{W}styleId") == "Normal")
    by_id = {style.get(f"{W}styleId", ""): style for style in theirs.iter(f"{W}style")}
    missing: list[_Element] = []
    unset: list[tuple[_Element, _Element]] = []
    lined: _Element | None = None
    for style in ours.iter(f"{W}style"):
        kind, old, name = style.get(f"{W}type", ""), style.get(f"{W}styleId", ""), _name(style).casefold()
        name = styles.names.get(name, name)
        if old == "Normal":
            new = "" if default is None or is_stock(default) else styles.default
        else:
            new = next(
                (known[kind, alias] for alias in (name, *_ALSO.get(name, ())) if (kind, alias) in known), ""
            )
        number = style.find(f"{W}pPr/{W}numPr")
        if new and old in _SET_BY_PROGRAMS and _has_no_font(by_id[new]):
            styles.ids[kind, old] = new
            unset.append((style, by_id[new]))
            continue
        if new:
            styles.ids[kind, old] = new
            if kind == "paragraph":
                styles.replaced.add(old)
                if old == "Normal" and _stands_apart(style, school):
                    lined = style
                    continue
                if number is not None:
                    styles.numbers[old] = deepcopy(number)
            continue
        styles.ids[kind, old] = _free("PlanBody" if old == "Normal" and default is not None else old, taken)
        missing.append(style)
    if lined is not None:
        styles.ids["paragraph", "Normal"] = _free("PlanBody", taken)
        styles.added.append(_lined(lined, styles))
        theirs.append(styles.added[-1])
    for style in missing:
        styles.added.append(_added(style, styles, body))
        theirs.append(styles.added[-1])
    for style, before in unset:
        made = _added(style, styles, body)
        link = before.find(f"{W}link")
        if link is not None:
            _place_link(made, deepcopy(link))
        theirs.replace(before, made)
        styles.added.append(made)
    return styles


def _free(identity: str, taken: set[str]) -> str:
    """An id that no style has; it is taken from now on."""
    while identity.casefold() in taken:
        identity += "P"
    taken.add(identity.casefold())
    return identity


def first_heading_is_title(theirs: _Element) -> bool:
    """Whether the first heading of a school's styles is set as a title, so that 一、 stands in its second."""
    names = ("heading 1", *_ALSO["heading 1"])
    heading = next((style for style in theirs.iter(f"{W}style") if _name(style).casefold() in names), None)
    if heading is None or _has_no_font(heading):
        return False
    size, align = heading.find(f"{W}rPr/{W}sz"), heading.find(f"{W}pPr/{W}jc")
    given = "" if size is None else size.get(f"{W}val", "")
    centred = align is not None and align.get(f"{W}val") == "center"
    return given.isdecimal() and int(given) >= (_TITLE_SIZE if centred else _TITLE_SIZE_ANYWHERE)


def title_is_first_heading(base: BaseFile) -> bool:
    """The same of a school's file."""
    data = part_of_kind(base, "styles")
    return data is not None and first_heading_is_title(parse(data, base.name, base.place))


def _stands_apart(style: _Element, school: SchoolBody | None) -> bool:
    """Whether our body text is set by the page's grid, or tighter than the school's, so that its Normal cannot say so."""
    if school is None or school.pitch is None:
        return False
    line, size = style.find(f"{W}pPr/{W}spacing"), style.find(f"{W}rPr/{W}sz")
    assert line is not None and size is not None  # a look says both
    alike = (line.get(f"{W}line"), size.get(f"{W}val")) == (
        str(round(school.pitch * 20)),
        str(round((school.size or 0) * 2)),
    )
    return not (school.exact and alike)


def _lined(style: _Element, styles: MergedStyles) -> _Element:
    """Our body text on the school's: its font, size and indents, and the pitch and spacing that the page has."""
    from lxml import etree

    made = deepcopy(style)
    made.set(f"{W}styleId", styles.ids["paragraph", "Normal"])
    made.attrib.pop(f"{W}default", None)
    made.set(f"{W}customStyle", "1")
    name, paragraph, letters = (made.find(f"{W}{part}") for part in ("name", "pPr", "rPr"))
    assert name is not None and paragraph is not None and letters is not None
    name.set(f"{W}val", BODY)
    name.addnext(etree.Element(f"{W}basedOn", {f"{W}val": styles.default}))
    for element in list(paragraph):
        if element.tag not in _LINED and not str(element.tag).endswith("}AlternateContent"):
            paragraph.remove(element)
    for element in list(letters):
        if element.tag not in (f"{W}spacing", f"{W}sz", f"{W}szCs"):
            letters.remove(element)
    return made


def styles_of(base: BaseFile, look: Look) -> list[str]:
    """Titles of the look's styles in whose place a school's file has its own, set otherwise."""
    data = part_of_kind(base, "styles")
    if data is None:
        return []
    theirs, ours = parse(data, base.name, base.place), parse(styles_xml(look).encode(), "")
    set_by = {style.get(f"{W}styleId", ""): style for style in theirs.iter(f"{W}style")}
    own = {style.get(f"{W}styleId", ""): style for style in ours.iter(f"{W}style")}
    styles = merged_styles(deepcopy(theirs), ours)
    return [
        style.title
        for name, style in look.styles.items()
        if (old := style_id(name) if name != "body" else "Normal") in styles.replaced
        and name != "page_number"
        and _said(set_by[styles.id_of("paragraph", old)]) != _said(own[old])
    ]


def _said(style: _Element) -> list[bytes]:
    """What a style says of paragraphs and letters."""
    from lxml import etree

    return [
        etree.tostring(properties, method="c14n")
        for kind in ("pPr", "rPr")
        for properties in style.iterfind(f"{W}{kind}")
    ]


def _place_link(style: _Element, link: _Element) -> None:
    """Put a style's link to its character style where the schema wants it."""
    before = [child for child in style if child.tag in (f"{W}name", f"{W}aliases", f"{W}basedOn", f"{W}next")]
    style.insert(len(before), link)


def _has_no_font(style: _Element) -> bool:
    """Whether a built-in style is as programs make it: nobody has given it a Chinese font."""
    fonts = style.find(f"{W}rPr/{W}rFonts")
    own = style.get(f"{W}customStyle") in ("1", "true", "on")
    return not own and (fonts is None or not fonts.get(f"{W}eastAsia"))


def _added(style: _Element, styles: MergedStyles, body: _Element) -> _Element:
    """One of our styles as it stands in their part."""
    made = deepcopy(style)
    kind, old = made.get(f"{W}type", ""), made.get(f"{W}styleId", "")
    made.set(f"{W}styleId", styles.ids[kind, old])
    for name in ("basedOn", "next", "link"):
        element = made.find(f"{W}{name}")
        if element is not None:
            element.set(f"{W}val", styles.id_of(kind, element.get(f"{W}val", "")))
    name = made.find(f"{W}name")
    given = "" if name is None else name.get(f"{W}val", "").casefold()
    if name is not None and given in styles.names:
        name.set(f"{W}val", styles.names[given])
        for level in made.iter(f"{W}outlineLvl"):
            level.set(f"{W}val", str(int(level.get(f"{W}val", "0")) + 1))
    if old == "Normal" and styles.default:
        made.attrib.pop(f"{W}default", None)
        made.set(f"{W}customStyle", "1")
        if name is not None:
            name.set(f"{W}val", BODY)
    elif made.get(f"{W}default") and styles.default:
        made.attrib.pop(f"{W}default", None)
    if "Normal" in styles.replaced and kind == "paragraph":
        _follow(made, body)
    return made


def _follow(style: _Element, body: _Element) -> None:
    """Leave out what the style shares with our body text, so that it follows the school's."""
    own, common = style.find(f"{W}rPr"), body.find(f"{W}rPr")
    if own is not None and common is not None:
        shared = {element.tag: dict(element.attrib) for element in common}
        for element in list(own):
            if shared.get(element.tag) == dict(element.attrib):
                own.remove(element)
    spacing, usual = style.find(f"{W}pPr/{W}spacing"), body.find(f"{W}pPr/{W}spacing")
    if spacing is not None and usual is not None and spacing.get(f"{W}line") == usual.get(f"{W}line"):
        for name in ("line", "lineRule"):
            spacing.attrib.pop(f"{W}{name}", None)


def _name(style: _Element) -> str:
    element = style.find(f"{W}name")
    return "" if element is None else element.get(f"{W}val", "")


def default_style(styles: _Element) -> _Element | None:
    """The style of paragraphs that name none."""
    for style in styles.iter(f"{W}style"):
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
            return style
    return None


def is_stock(style: _Element) -> bool:
    """Whether a Normal is as programs make it: no size, indent or pitch that a school would have set."""
    size = style.find(f"{W}rPr/{W}sz")
    indent = style.find(f"{W}pPr/{W}ind")
    spacing = style.find(f"{W}pPr/{W}spacing")
    set_size = ("" if size is None else size.get(f"{W}val", "")) not in _STOCK_SIZES
    set_indent = indent is not None and any(
        indent.get(f"{W}{name}") not in (None, "0") for name in ("firstLine", "firstLineChars")
    )
    set_pitch = spacing is not None and spacing.get(f"{W}lineRule") == "exact"
    return not (set_size or set_indent or set_pitch)
