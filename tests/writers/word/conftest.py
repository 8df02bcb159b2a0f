from __future__ import annotations

import pytest

from planforge.core.resources import templates_root
from planforge.document.look import Look, read_look
from planforge.document.tree import Document
from planforge.writers.word import write
from tests.support.sample_tree import sample_document


@pytest.fixture(scope="session")
def look() -> Look:
    return read_look(templates_root() / "styles" / "official.yaml")


@pytest.fixture(scope="session")
def sample() -> Document:
    return sample_document()


@pytest.fixture(scope="session")
def sample_file(sample: Document, look: Look) -> bytes:
    return write(sample, look)
