"""One look file as it is written: plain values, and the place of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from planforge.core.problems import InputError, Place, Problem
from planforge.core.yaml_file import NotRead, fault_words, read_yaml
from planforge.core.yaml_nodes import Mapping, Scalar, plain, walk

_TYPES = frozenset(f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float"))

Places = dict[str, Place]
"""Where each key stands, by its path: `styles.title.size`."""


@dataclass(frozen=True, slots=True)
class LookFile:
    """A look as written. data: its values; places: where each key stands; base_place: where the value of `base` does."""

    file: str
    data: dict[str, Any]
    places: Places
    base_place: Place | None = None


def load(path: Path) -> LookFile:
    """Read a look's YAML.

    Raises:
        InputError: it is none, or has anchors, tags or a key twice.
    """
    try:
        read = read_yaml(path)
    except NotRead as error:
        raise InputError([_unreadable(error.words, error.place)]) from error
    root = read.root
    if read.faults:
        raise InputError(_unreadable(fault_words(fault), fault.place) for fault in read.faults)
    if not isinstance(root, Mapping):
        raise InputError([_unreadable("应是“名称: 值”的若干行", Place(str(path), 1, 1))])
    places = {".".join(map(str, way)): at for way, _, at in walk(root) if way}
    base = root.entries.get("base")
    return LookFile(str(path), plain(root, _typed()), places, base.place if base else None)


def _typed() -> Callable[[Scalar], Any]:
    """Gives values as YAML types them: numbers, true and false, nothing; all else is text."""
    loader: Any = yaml.SafeLoader("")

    def typed(scalar: Scalar) -> Any:
        tag = loader.resolve(yaml.ScalarNode, scalar.text, (scalar.plain, False))
        if tag in _TYPES and scalar.plain:
            return loader.construct_object(yaml.ScalarNode(tag, scalar.text))
        return scalar.text

    return typed


def _unreadable(message: str, place: Place) -> Problem:
    return Problem(f"版式文件读不出来：{message}", place, code="look-unreadable")
