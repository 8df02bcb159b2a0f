"""Whether elements are of the vocabulary and stand where they may; what does not belong is told and taken out."""

from __future__ import annotations

from planforge.compose.elements import Element, MarkupText
from planforge.compose.template_faults import suggestion
from planforge.compose.vocabulary import RULES
from planforge.core.problems import Place, Problem


class Checker:
    """Holds the elements of one section against the vocabulary. problems: what is wrong in them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(
        self, message: str, place: Place, code: str, *, found: str = "", expected: str = "", fix: str = ""
    ) -> None:
        """Note a mistake."""
        self.problems.append(Problem(message, place, found=found, expected=expected, fix=fix, code=code))

    def check(self, element: Element) -> None:
        """Hold an element and all below it against the vocabulary; what does not belong is taken out."""
        rule = RULES[element.name]
        shown = f"<{element.name}>"
        if element.name:
            self._attributes(element)
        kept: list[Element | MarkupText] = []
        for child in element.children:
            if isinstance(child, MarkupText):
                if rule.words:
                    kept.append(child)
                elif child.text.strip():
                    where = f"{shown} 里不能直接写文字" if element.name else "文字要放在 <p> 等元素里"
                    self.wrong(where, child.place, "stray-text", found=child.text.strip()[:20])
            elif child.name not in RULES or not child.name:
                fix = suggestion(child.name, [name for name in RULES if name not in ("", "fact", "field")])
                self.wrong(f"没有 <{child.name}> 这个元素", child.place, "unknown-element", fix=fix)
            elif child.name not in rule.children:
                inside = f"{shown} 里" if element.name else "最外层"
                allowed = "、".join(f"<{name}>" for name in sorted(rule.children - {"fact", "field"}))
                what = "“{{ }} 的值”" if child.name in ("fact", "field") else f"<{child.name}>"
                self.wrong(
                    f"{inside}不能放 {what}", child.place, "wrong-nesting", expected=allowed or "不放别的元素"
                )
            else:
                self.check(child)
                kept.append(child)
        element.spoiled = len(kept) < sum(1 for node in element.children if not _is_blank(node)) or any(
            isinstance(node, Element) and node.name in ("strong", "cut") and node.spoiled for node in kept
        )
        element.children = kept

    def _attributes(self, element: Element) -> None:
        known = RULES[element.name].attributes
        for name in element.attributes:
            if name not in known:
                self.wrong(
                    f"<{element.name}> 没有属性 {name}",
                    element.place,
                    "unknown-attribute",
                    fix=suggestion(name, known),
                )
        for name, must in known.items():
            if must and not element.attributes.get(name, "").strip():
                self.wrong(f"<{element.name}> 缺少属性 {name}", element.place, "missing-attribute")


def _is_blank(node: Element | MarkupText) -> bool:
    return isinstance(node, MarkupText) and not node.text.strip()
