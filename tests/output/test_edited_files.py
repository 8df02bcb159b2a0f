"""What people did in the output folder is never lost."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from planforge.output import Put, Store

SCHOOL, TERM, NAME = "临江市望湖小学", "2026—2027学年第一学期", "减负工作计划"


def package(text: str, by: str = "planforge") -> bytes:
    """A zip as office programs write them: the same text is packed differently by each of them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(
        buffer, "w", zipfile.ZIP_STORED if by == "planforge" else zipfile.ZIP_DEFLATED
    ) as file:
        for name, content in (
            ("app", by),
            ("text", text),
        ):  # at a fixed time: two seconds later is no other file
            file.writestr(zipfile.ZipInfo(name), content, file.compression)
    return buffer.getvalue()


def says(data: bytes) -> object:
    """What a package says, whoever packed it; raises where it is no package."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {"text": file.read("text").decode()}


def put(root: Path, data: bytes, name: str = NAME) -> Put:
    with Store(root).run(SCHOOL, TERM) as run:
        return run.put(name, "docx", data, kind="work-plan", digest=says)


def place(root: Path, name: str = f"{NAME}.docx") -> Path:
    return root / SCHOOL / TERM / name


NEW = f"{NAME}（新）.docx"


def test_an_edited_file_is_kept_and_the_new_version_goes_beside_it(tmp_path: Path) -> None:
    put(tmp_path, package("一"))
    edited = package("一，改", "Word")
    place(tmp_path).write_bytes(edited)
    one = put(tmp_path, package("二"))
    assert (one.status, one.path, one.kept) == ("kept", place(tmp_path, NEW), place(tmp_path))
    assert (place(tmp_path).read_bytes(), one.path.read_bytes()) == (edited, package("二"))
    assert one.message == "“减负工作计划.docx”有人改过，原样保留；新的一份是“减负工作计划（新）.docx”"


def test_a_file_that_was_merely_saved_again_is_replaced(tmp_path: Path) -> None:
    put(tmp_path, package("一"))
    place(tmp_path).write_bytes(package("一", "WPS"))
    assert put(tmp_path, package("二")).status == "written"
    assert place(tmp_path).read_bytes() == package("二")


def test_without_a_digest_any_other_content_counts_as_edited(tmp_path: Path) -> None:
    for data in (b"1", b"2"):
        with Store(tmp_path).run(SCHOOL, TERM) as run:
            one = run.put(NAME, "pdf", data, kind="work-plan")
        one.path.write_bytes(b"annotated")
    assert one.status == "kept"


def test_an_unknown_file_is_kept(tmp_path: Path) -> None:
    place(tmp_path).parent.mkdir(parents=True)
    place(tmp_path).write_bytes(b"somebody's")
    one = put(tmp_path, package("一"))
    assert (one.status, one.path.name, one.why) == ("kept", NEW, "不是本程序生成的")
    assert put(tmp_path, package("一")).status == "kept"
    assert place(tmp_path).read_bytes() == b"somebody's"
    assert sorted(path.name for path in place(tmp_path).parent.glob("*.docx")) == sorted(
        [NEW, place(tmp_path).name]
    )


def test_an_unknown_file_with_the_same_bytes_is_taken_for_ours(tmp_path: Path) -> None:
    place(tmp_path).parent.mkdir(parents=True)
    place(tmp_path).write_bytes(package("一"))
    assert put(tmp_path, package("一")).status == "unchanged"
    assert put(tmp_path, package("二")).status == "written"


def test_an_edited_file_that_is_no_package_any_more_is_kept(tmp_path: Path) -> None:
    put(tmp_path, package("一"))
    place(tmp_path).write_bytes(b"")
    assert put(tmp_path, package("二")).status == "kept"


def test_the_version_beside_is_replaced_as_long_as_nobody_touches_it(tmp_path: Path) -> None:
    put(tmp_path, package("一"))
    place(tmp_path).write_bytes(package("改"))
    for text in ("二", "三", "三"):
        one = put(tmp_path, package(text))
        assert (one.status, one.path.name, one.path.read_bytes()) == ("kept", NEW, package(text))


def test_an_edited_version_beside_is_kept_too(tmp_path: Path) -> None:
    put(tmp_path, package("一"))
    place(tmp_path).write_bytes(package("改"))
    put(tmp_path, package("二"))
    place(tmp_path, NEW).write_bytes(package("再改"))
    one = put(tmp_path, package("三"))
    assert one.path.name == f"{NAME}（新2）.docx"
    assert [place(tmp_path).read_bytes(), place(tmp_path, NEW).read_bytes()] == [
        package("改"),
        package("再改"),
    ]


def test_a_new_version_moved_to_the_place_of_the_old_is_ours_again(tmp_path: Path) -> None:
    put(tmp_path, package("一"))
    place(tmp_path).write_bytes(package("改"))
    put(tmp_path, package("二"))
    place(tmp_path, NEW).replace(place(tmp_path))
    assert put(tmp_path, package("二")).status == "unchanged"
    assert put(tmp_path, package("三")).status == "written"
    assert not place(tmp_path, NEW).exists()


def test_a_document_that_is_itself_called_new_is_another_document(tmp_path: Path) -> None:
    put(tmp_path, package("甲"), NAME)
    put(tmp_path, package("乙"), f"{NAME}（新）")
    place(tmp_path).write_bytes(package("改"))
    one = put(tmp_path, package("丙"), NAME)
    assert one.path.name == f"{NAME}（新2）.docx"
    assert place(tmp_path, NEW).read_bytes() == package("乙")
    assert put(tmp_path, package("丁"), f"{NAME}（新）").path == place(tmp_path, NEW)


def test_a_read_only_file_is_kept(tmp_path: Path) -> None:
    put(tmp_path, package("一"))
    place(tmp_path).chmod(0o444)
    one = put(tmp_path, package("二"))
    assert (one.status, one.why) == ("kept", "设成了只读")
    assert place(tmp_path).read_bytes() == package("一")
    place(tmp_path).chmod(0o644)


def test_the_permissions_that_someone_gave_a_file_stay(tmp_path: Path) -> None:
    put(tmp_path, package("一"))
    place(tmp_path).chmod(0o664)
    put(tmp_path, package("二"))
    assert place(tmp_path).stat().st_mode & 0o777 == 0o664
