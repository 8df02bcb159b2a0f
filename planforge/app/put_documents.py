"""Documents that are written in memory, put into a term's folder; a bundle of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from planforge.app.build_results import BuiltFile, RenderedFile, WrittenPack
from planforge.app.opened_profile import OpenedProfile
from planforge.core.problems import MissingPart
from planforge.document.look import find_look

if TYPE_CHECKING:
    from planforge.output import Origin, TermFolder

_NO_EDIT = "里没有 Word 文件里改过的内容（要印改过的，请用 Word 打印或另存为 PDF）"


def put_all(run: TermFolder, files: Sequence[RenderedFile], origin: Origin) -> list[BuiltFile]:
    """Each document's files; what would stand beside an edited Word file as if it held the edit goes beside instead."""
    from planforge.writers.word import digest

    put: dict[int, BuiltFile] = {}
    edited: dict[tuple[str, str], bool] = {}
    for number, file in sorted(enumerate(files), key=lambda pair: pair[1].suffix != "docx"):
        document = (file.kind, file.title)
        if file.suffix == "docx":
            put[number] = _put(run, file, origin)
            edited[document] = put[number].put.status == "kept"
            continue
        if document not in edited:
            edited[document] = run.is_edited(file.title, "docx", file.kind, digest)
        put[number] = _put(run, file, origin, _NO_EDIT if edited[document] else "")
    return [put[number] for number in range(len(files))]


def _put(run: TermFolder, file: RenderedFile, origin: Origin, not_there: str = "") -> BuiltFile:
    from planforge.writers.word import digest, stored_digest

    word = file.suffix == "docx"
    put = run.put(
        file.title,
        file.suffix,
        file.data,
        kind=file.kind,
        digest=digest if word else None,
        says=stored_digest(file.data) if word else None,
        origin=replace(origin, look=file.look) if file.look else None,
        not_there=not_there,
    )
    return BuiltFile(file.kind, file.title, file.suffix, put)


def put_bundle(
    run: TermFolder, opened: OpenedProfile, written: WrittenPack, files: Sequence[BuiltFile], origin: Origin
) -> list[BuiltFile]:
    """One PDF of all documents, and a zip of it and all files as they stand in the folder, edited ones too."""
    volume = bound_volume(opened, written)
    bound = [] if volume is None else [_put(run, volume, origin)]
    paths = [path for file in (*files, *bound) for path in (file.put.kept, file.put.path) if path is not None]
    packed = zipped({path.name: path.read_bytes() for path in paths})
    return [*bound, _put(run, packed, origin)]


def bound_volume(opened: OpenedProfile, written: WrittenPack) -> RenderedFile | None:
    """One PDF of all documents; None, and a note of why, where this machine cannot write it."""
    from planforge.app.archive import NAME, volume

    named = [
        (made.shape.name, made.document, result.look)
        for (_, made), result in zip(written.composed, written.results, strict=True)
    ]
    try:
        data = volume(opened.facts, named, find_look("official", opened.search))
    except MissingPart as error:
        written.lacking.setdefault("pdf", str(error))
        return None
    return RenderedFile("bundle", NAME, "pdf", data)


def zipped(files: Mapping[str, bytes]) -> RenderedFile:
    """Files by name as one archive, the same bytes for the same files."""
    from planforge.app.archive import NAME, archive

    return RenderedFile("bundle", NAME, "zip", archive(files))
