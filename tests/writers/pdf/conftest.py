"""The official look with this machine's fonts; whatever WeasyPrint complains of fails the test."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from planforge.core.resources import templates_root
from planforge.document.look import Look, read_look
from planforge.writers.fonts import Fonts, choose


@pytest.fixture(scope="session")
def look() -> Look:
    return read_look(templates_root() / "styles" / "official.yaml")


@pytest.fixture(scope="session")
def fonts(look: Look) -> Fonts:
    return choose(look)


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@pytest.fixture(autouse=True)
def complaints() -> Iterator[list[str]]:
    """What WeasyPrint logged; a test that expects something empties the list."""
    handler = _Complaints()
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    for logger in loggers:
        logger.addHandler(handler)
    yield handler.messages
    for logger in loggers:
        logger.removeHandler(handler)
    assert not handler.messages
