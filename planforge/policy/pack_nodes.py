"""A rule pack's YAML with the place of every value, read without implicit types."""

from __future__ import annotations

from pathlib import Path

from planforge.core.problems import InputError, Place, Problem
from planforge.core.yaml_composer import FaultKind
from planforge.core.yaml_file import NotRead, fault_words, read_yaml
from planforge.core.yaml_nodes import KeyPath, plain, walk

_CODES: dict[FaultKind, str] = {"mark": "pack.alias", "key_twice": "pack.duplicate_key"}


def read_pack(path: Path) -> tuple[object, dict[KeyPath, Place]]:
    """Mappings, lists and strings of a YAML file, and where each stands.

    Raises:
        InputError: unreadable, no YAML, a key twice, an anchor, alias or tag.
    """
    try:
        read = read_yaml(path)
    except NotRead as error:
        code = "pack.yaml" if error.kind == "syntax" else "pack.unreadable"
        raise InputError([Problem(f"规则文件读不出来：{error.words}", error.place, code=code)]) from error
    if read.faults:
        raise InputError(
            Problem(fault_words(fault), fault.place, code=_CODES.get(fault.kind, "pack.yaml"))
            for fault in read.faults
        )
    if read.root is None:
        return None, {(): Place(str(path), 1, 1)}
    return plain(read.root), {way: node.place for way, node, _ in walk(read.root)}
