"""A recipient's values as templates see them: printed ones stay open, the others are known beforehand.

A letter is composed once for all recipients that its text does not tell apart. So a value that the card
lists under `prints` may be printed and nothing else; one under `varies_by` is an ordinary value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from markupsafe import Markup

from planforge.compose.card import Card
from planforge.compose.template_faults import TemplateFault, suggestion
from planforge.compose.views import View

NAME = "recipient"


class Open(View):
    """A recipient's value that is not known yet; printing it leaves a `Field` in the tree."""

    __slots__ = ()

    def __html__(self) -> Markup:
        return Markup('<field name="{}"/>').format(self._path.removeprefix(f"{NAME}."))

    def _refuse(self) -> NoReturn:
        raise TemplateFault(
            f"{self._path} 因人而异，只能直接写出，不能判断、比较、加过滤器或写进属性",
            "field-use",
            fix="要按它分开写，请在 card.yaml 里把它从 prints 移到 varies_by；要算出来的，请先在花名册里加一列",
        )

    def read(self) -> Any:
        """Refused: nothing can be made of a value that is not known yet."""
        self._refuse()

    def text(self) -> str:
        """Refused, likewise."""
        self._refuse()

    def member(self, name: str) -> View:
        """Refused, likewise."""
        self._refuse()


class TemplateRecipient(View):
    """The recipient of a letter, as its card declares the fields."""

    __slots__ = ("_card",)

    def __init__(self, card: Card, values: Mapping[str, str]) -> None:
        super().__init__(dict(values), NAME)
        self._card = card

    def member(self, name: str) -> View:
        """One field. Raises TemplateFault where the card declares none of this name."""
        path = f"{NAME}.{name}"
        if name in self._card.prints:
            return Open(None, path)
        if name in self._card.varies_by:
            return View(self._value.get(name), path)
        raise TemplateFault(
            f"card.yaml 的 prints 和 varies_by 里都没有 {name}",
            "unknown-field",
            fix=suggestion(name, (*self._card.prints, *self._card.varies_by)),
        )
