"""Single builds and runs of many letters decide alike what may be replaced and what is kept."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from planforge.output import OutputError, Store
from planforge.output.listed_folder import LIST_NAME, ListedFolder, NewFile

Put = Callable[[Path, bytes], tuple[str, str]]
"""Puts a document's bytes into a folder: its file's name and what became of it."""


def resaved(name: str, data: bytes) -> bool:
    """Here a program that saves a file again writes an exclamation mark behind it."""
    return data.endswith(b"!")


def one_document(root: Path, data: bytes) -> tuple[str, str]:
    with Store(root).run("学校", "学期") as run:
        put = run.put("计划", "docx", data, kind="x", digest=lambda data: data.rstrip(b"!").decode())
    return put.path.name, put.status


def one_of_a_run(root: Path, data: bytes) -> tuple[str, str]:
    with Store(root).run("学校", "学期") as run:
        folder = ListedFolder(run.folder / "信", resaved=resaved)
        ((listed, status),) = folder.put([NewFile("计划.docx", data.decode(), (data,))])
        folder.finish()
    return listed.file, status


@pytest.fixture(params=[one_document, one_of_a_run])
def put(request: pytest.FixtureRequest) -> Put:
    way: Put = request.param
    return way


def place(root: Path, put: Put, name: str = "计划.docx") -> Path:
    folder = root / "学校" / "学期"
    return (folder if put is one_document else folder / "信") / name


def test_what_nobody_touched_is_replaced(tmp_path: Path, put: Put) -> None:
    assert [put(tmp_path, data) for data in (b"1", b"1", b"2")] == [
        ("计划.docx", "written"),
        ("计划.docx", "unchanged"),
        ("计划.docx", "written"),
    ]


@pytest.mark.parametrize(
    "theirs, kept",
    [(b"edited", True), (b"1!", False), (b"1", False), (b"2", False), (b"", True)],
)
def test_what_somebody_edited_is_kept(tmp_path: Path, put: Put, theirs: bytes, kept: bool) -> None:
    put(tmp_path, b"1")
    place(tmp_path, put).write_bytes(theirs)
    assert put(tmp_path, b"2")[0] == ("计划（新）.docx" if kept else "计划.docx")
    assert place(tmp_path, put).read_bytes() == (theirs if kept else b"2")


def test_what_is_not_ours_is_kept_until_it_holds_what_we_would_put(tmp_path: Path, put: Put) -> None:
    place(tmp_path, put).parent.mkdir(parents=True)
    place(tmp_path, put).write_bytes(b"theirs")
    assert put(tmp_path, b"1") == ("计划（新）.docx", "kept")
    place(tmp_path, put).write_bytes(b"1")
    assert put(tmp_path, b"1") == ("计划.docx", "unchanged")


@pytest.mark.parametrize("in_the_way", ["folder", "link", "pipe"])
@pytest.mark.skipif(os.name == "nt", reason="no pipes with names")
def test_what_is_no_file_is_kept(tmp_path: Path, put: Put, in_the_way: str) -> None:
    path = place(tmp_path, put)
    path.parent.mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"theirs")
    if in_the_way == "folder":
        path.mkdir()
    elif in_the_way == "link":
        path.symlink_to(elsewhere)
    else:
        os.mkfifo(path)
    assert put(tmp_path, b"1") == ("计划（新）.docx", "kept")
    assert elsewhere.read_bytes() == b"theirs"
    assert path.is_dir() if in_the_way == "folder" else path.is_symlink() or path.is_fifo()


def test_what_the_person_set_read_only_is_kept(tmp_path: Path, put: Put) -> None:
    put(tmp_path, b"1")
    place(tmp_path, put).chmod(0o400)
    assert put(tmp_path, b"2") == ("计划（新）.docx", "kept")
    assert place(tmp_path, put).read_bytes() == b"1"
    assert put(tmp_path, b"1") == ("计划.docx", "unchanged")


def test_a_new_version_that_the_person_moved_to_its_place_is_ours(tmp_path: Path, put: Put) -> None:
    put(tmp_path, b"1")
    place(tmp_path, put).write_bytes(b"edited")
    put(tmp_path, b"2")
    place(tmp_path, put, "计划（新）.docx").replace(place(tmp_path, put))
    assert put(tmp_path, b"3") == ("计划.docx", "written")


def test_a_file_that_is_open_in_word_is_told(tmp_path: Path, put: Put) -> None:
    put(tmp_path, b"1")
    place(tmp_path, put, "~$计划.docx").write_bytes(b"")
    assert put(tmp_path, b"1") == ("计划.docx", "unchanged")
    with pytest.raises(OutputError) as caught:
        put(tmp_path, b"2")
    assert caught.value.code == "output-open"
    assert place(tmp_path, put).read_bytes() == b"1"


def test_a_new_version_never_takes_another_documents_file(tmp_path: Path) -> None:
    with Store(tmp_path).run("学校", "学期") as run:
        folder = ListedFolder(run.folder / "信")
        folder.put([NewFile("社（新）.pdf", "1", (b"of the club",)), NewFile("社.pdf", "1", (b"1",))])
        (folder.folder / "社.pdf").write_bytes(b"edited")
        ((listed, status),) = folder.put([NewFile("社.pdf", "2", (b"2",))])
    assert (listed.file, status) == ("社（新2）.pdf", "kept")
    assert (folder.folder / "社（新）.pdf").read_bytes() == b"of the club"


def test_lists_and_manifests_of_earlier_versions_are_read(tmp_path: Path) -> None:
    sha256 = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"  # of b"1"
    old = place(tmp_path, one_of_a_run)
    old.parent.mkdir(parents=True)
    old.write_bytes(b"1")
    (old.parent / LIST_NAME).write_text(
        f'{{"file": "计划.docx", "key": "k", "name": "计划.docx", "sha256": "{sha256}"}}\n', encoding="utf-8"
    )
    entry = {"path": "计划.docx", "name": "计划", "kind": "x", "sha256": sha256, "size": 1, "origin": {}}
    listed = {"format": 1, "school": "学校", "term": "学期", "files": [entry]}
    place(tmp_path, one_document).write_bytes(b"1")
    place(tmp_path, one_document, "manifest.json").write_text(json.dumps(listed), encoding="utf-8")
    assert one_document(tmp_path, b"2") == one_of_a_run(tmp_path, b"2") == ("计划.docx", "written")
