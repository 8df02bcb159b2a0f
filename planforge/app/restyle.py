"""An old paper set anew in a look, its text untouched: what most people of this trade look for."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.app.old_papers import refused
from planforge.app.opened_profile import template_search
from planforge.app.render import Job, write_all
from planforge.core.named_file import read_named_file
from planforge.core.office_package import open_package
from planforge.core.problems import InputError, MissingPart, Place, Problem
from planforge.core.unreadable import Unreadable
from planforge.document.look import find_look
from planforge.output import write_new
from planforge.readers import OldPaper, read_paper_bytes

if TYPE_CHECKING:
    from planforge.document.tree import Document

_FILE = 50_000_000
_PAGE = re.compile(r"[-—－–·\s第页]*\d*[-—－–·\s第页共/]*\d*[-—－–·\s页]*")
"""A page number, which the look prints anew."""
SUFFIX = "（重排）"
"""What the name of a paper that was set anew ends on."""


@dataclass(frozen=True, slots=True)
class Restyled:
    """A paper that was set anew. files: bytes by format; changes: what was done, and what was not taken over."""

    name: str
    look: str
    files: dict[str, bytes] = field(repr=False)
    changes: tuple[str, ...]


def restyle(
    data: bytes,
    name: str,
    look: str = "official",
    formats: Sequence[str] = ("docx", "pdf"),
    search: Sequence[Path] = (),
) -> Restyled:
    """Set an old paper anew.

    Args:
        data: the paper.
        name: of its file; its suffix tells the format.
        look: id or title of the look.
        formats: docx, pdf, html, txt.
        search: the school's own folders of templates, in which looks may lie.

    Raises:
        InputError: it cannot be read, there is no such look, or a word would not be printed as it was.
        MissingPart: this machine cannot write a format.
    """
    from planforge.compose.looks import look_named, looks
    from planforge.readers.paper_tree import tree_of, what_it_has

    folders = template_search(list(search))
    known = looks(folders)
    chosen = look_named(look, known)
    if chosen is None:
        raise InputError(
            [Problem("没有这种版式", found=look, expected="、".join(known.values()), code="look-unknown")]
        )
    try:
        paper = read_paper_bytes(data, name)
    except Unreadable as fault:
        raise InputError([refused(Path(name), fault)]) from fault
    document = tree_of(paper)
    if not document.blocks:
        raise InputError([Problem("这份文件里没有文字", Place(name), code="restyle.empty")])
    (written,) = write_all(
        [Job(document, find_look(chosen, folders), tuple(dict.fromkeys(("docx", *formats))))], 1
    )
    _same_words(data, paper, document, written.files["docx"], name)
    files = {suffix: data for suffix, data in written.files.items() if suffix in formats}
    if not files:
        raise MissingPart("\n".join(written.lacking.values()))
    changes = [f"认出：{'、'.join(what_it_has(document))}", *_left_out(paper), *written.lacking.values()]
    return Restyled(f"{Path(name).stem}{SUFFIX}", known[chosen], files, tuple(changes))


def restyle_file(
    path: Path, folder: Path | None = None, look: str = "official", formats: Sequence[str] = ("docx", "pdf")
) -> tuple[Restyled, list[Path]]:
    """Set an old paper anew, into files beside it or in a folder; nothing is written over.

    Raises:
        InputError: as `restyle`; no file was written.
        OutputError: something stands where a file should go.
    """
    try:
        data = read_named_file(path, _FILE, "旧稿")
    except Unreadable as fault:
        raise InputError([refused(path, fault)]) from fault
    made = restyle(data, str(path), look, formats)
    target = folder or path.parent
    target.mkdir(parents=True, exist_ok=True)
    paths = [target / f"{made.name}.{suffix}" for suffix in made.files]
    taken = [one for one in paths if one.exists()]
    if taken:
        fix = "改名或移走以后再做"
        raise InputError(
            [
                Problem("这个文件已经在了，没有动它", Place(str(one)), fix=fix, code="output-there")
                for one in taken
            ]
        )
    for one, written in zip(paths, made.files.values(), strict=True):
        write_new(one, written)
    return made, paths


def _bare(text: str) -> str:
    """Words without white space, which a page breaks as it must."""
    return "".join(text.split())


def _same_words(data: bytes, paper: OldPaper, document: Document, made: bytes, name: str) -> None:
    """Holds the new Word file against the old paper, character by character. Raises InputError where they differ."""
    from planforge.readers.word_left_out import all_signs
    from planforge.readers.word_text import word_paper

    if name.casefold().endswith(".docx") and not data.startswith(b"%PDF"):
        unread = all_signs(open_package(data)) - Counter(_bare(paper.text))
        if unread:
            raise InputError(
                [
                    Problem(
                        "有的字读不到，重排会丢字，没有做",
                        Place(name),
                        found=f"{unread.total()} 个字：{''.join(unread)[:20]}",
                        fix="在 Word 里全选、复制，选择性粘贴为“无格式文本”，另存以后再试",
                        code="restyle.unread",
                    )
                ]
            )
    old, new = _bare(paper.text), _bare(word_paper(open_package(made), name).text)
    if old == new:
        return
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False) if len(old) < 20_000 else None
    at = next(
        (first for tag, first, *_ in (matcher.get_opcodes() if matcher else ()) if tag != "equal"),
        next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))),
    )
    raise InputError(
        [
            Problem(
                "重排以后有字会和原稿不同，没有做",
                Place(name),
                found=f"原稿的“{old[max(0, at - 6) : at + 8]}”一处",
                fix="把这一处改成普通的段落或表格再试",
                code="restyle.differs",
            )
        ]
    )


def _left_out(paper: OldPaper) -> list[str]:
    """What stands outside the running text and was not taken over."""
    outside = [
        piece for piece in paper.pieces if piece.kind == "outside" and not _PAGE.fullmatch(piece.text.strip())
    ]
    told = [f"没有带过去：{piece.where}“{piece.text.strip()[:30]}”" for piece in outside[:10]]
    if len(outside) > len(told):
        told.append(f"没有带过去的还有 {len(outside) - len(told)} 处，在页眉、页脚、文本框或注里")
    return [*told, *(f"没有带过去：{words}" for words in paper.left_out)]
