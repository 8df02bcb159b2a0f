"""A file written beside its place is put there whole, or is gone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from planforge.output.group_write import Beside, beside, put_together
from planforge.output.listed_folder import ListedFolder, NewFile


def written(folder: Path, *pieces: bytes) -> Beside:
    with beside(str(folder)) as part:
        for piece in pieces:
            part.write(piece)
        return part.close()


@pytest.mark.parametrize("pieces", [(), (b"a", b"b" * 70_000, b"c" * 200_000, b"d" * 10)])
def test_it_holds_what_was_written_and_tells_its_digest(tmp_path: Path, pieces: tuple[bytes, ...]) -> None:
    made = written(tmp_path, *pieces)
    path = Path(made.path)
    assert path.parent == tmp_path and path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == b"".join(pieces)
    assert made.sha256 == hashlib.sha256(b"".join(pieces)).hexdigest()


def test_it_is_put_like_any_other(tmp_path: Path) -> None:
    folder = ListedFolder(tmp_path)
    ((entry, status),) = folder.put([NewFile("三（2）班.pdf", "1", written(tmp_path, b"one"))])
    assert (entry.file, status) == ("三（2）班.pdf", "written")
    ((_, status),) = folder.put([NewFile("三（2）班.pdf", "1", written(tmp_path, b"one"))])
    assert status == "unchanged"
    (tmp_path / "三（2）班.pdf").write_bytes(b"edited")
    ((entry, status),) = folder.put([NewFile("三（2）班.pdf", "2", written(tmp_path, b"two"))])
    assert (entry.file, status) == ("三（2）班（新）.pdf", "kept")
    folder.finish()
    assert folder.has("三（2）班.pdf", "2")
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "三（2）班.pdf",
        "三（2）班（新）.pdf",
        "已发清单.jsonl",
    ]


def test_where_writing_goes_wrong_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), beside(str(tmp_path)) as part:
        part.write(b"x" * 100_000)
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_where_putting_goes_wrong_nothing_is_left(tmp_path: Path) -> None:
    def refuse() -> None:
        raise OSError("the list cannot be written")

    with pytest.raises(OSError, match="the list"):
        put_together(
            [(str(tmp_path / "a"), (b"a",)), (str(tmp_path / "b"), written(tmp_path, b"b"))],
            refuse,
            private=True,
        )
    assert list(tmp_path.iterdir()) == []


def test_what_was_never_put_is_swept(tmp_path: Path) -> None:
    folder = ListedFolder(tmp_path)
    written(tmp_path, b"of a run that was stopped")
    folder.sweep()
    assert list(tmp_path.iterdir()) == []
