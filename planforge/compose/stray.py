"""Files and folders of a school's own that nothing would ever read: most often a misspelt name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from planforge.compose.kinds import SUFFIXES, Kind
from planforge.compose.template_faults import suggestion
from planforge.core.problems import Place, Problem

SHARED = ("clauses", "frameworks", "styles")


def stray(search: Sequence[Path], kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    """What stands in the folders and belongs to no kind, or to no section of one."""
    for root in search:
        for folder in sorted(path for path in root.glob("*") if path.is_dir()):
            name = folder.name
            if name in SHARED or name.startswith((".", "_")):
                continue
            if name in kinds:
                yield from _files(folder, kinds[name])
            elif not (folder / "card.yaml").is_file():
                yield Problem(
                    "这个文件夹里没有 card.yaml，也不是已有的文种",
                    Place(str(folder)),
                    fix=suggestion(name, (*kinds, *SHARED)),
                    code="stray-folder",
                )


def _files(folder: Path, kind: Kind) -> Iterator[Problem]:
    """Section files that no section of the card has; one that another file includes or imports is of use."""
    sections = {f"{section.id}{suffix}" for section in kind.card.sections for suffix in SUFFIXES}
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in _templates(kind)]
    for path in sorted(folder.glob(f"*{SUFFIXES[1]}")):
        used = any(
            f'"{path.name}"' in text or f"/{path.name}" in text or f"'{path.name}'" in text for text in texts
        )
        if path.name not in sections and not used:
            yield Problem(
                f"{kind.card.name}没有用到这个文件",
                Place(str(path), 1),
                fix=suggestion(path.name.split(".")[0], [section.id for section in kind.card.sections]),
                code="stray-file",
            )


def _templates(kind: Kind) -> Iterator[Path]:
    for root in kind.search:
        for pattern in (f"{kind.card.id}/*{SUFFIXES[1]}", f"clauses/*{SUFFIXES[1]}"):
            yield from (root).glob(pattern)
