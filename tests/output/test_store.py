"""Documents put into school / term folders: written, left alone, numbered, listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planforge.output import MANIFEST_NAME, Origin, OutputError, Put, Store

SCHOOL, TERM = "临江市望湖小学", "2026—2027学年第一学期"


def put(root: Path, data: bytes, name: str = "减负工作计划", school: str = SCHOOL, term: str = TERM) -> Put:
    with Store(root).run(school, term) as run:
        return run.put(name, "docx", data, kind="work-plan")


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_document_lies_in_its_school_and_term(tmp_path: Path) -> None:
    one = put(tmp_path / "output", b"1")
    assert one.path == tmp_path / "output" / SCHOOL / TERM / "减负工作计划.docx"
    assert (one.status, one.path.read_bytes(), one.message) == ("written", b"1", "")


def test_the_second_time_nothing_is_touched(tmp_path: Path) -> None:
    one = put(tmp_path, b"1")
    before = files(tmp_path), one.path.stat().st_mtime_ns, one.path.stat().st_ino
    again = put(tmp_path, b"1")
    assert again == Put(one.path, "unchanged")
    assert (files(tmp_path), one.path.stat().st_mtime_ns, one.path.stat().st_ino) == before


def test_our_own_file_is_replaced_by_its_new_version(tmp_path: Path) -> None:
    put(tmp_path, b"1")
    two = put(tmp_path, b"2")
    assert (two.status, two.path.read_bytes()) == ("written", b"2")
    assert {path.name for path in two.path.parent.iterdir()} == {"减负工作计划.docx", MANIFEST_NAME}


def test_word_and_pdf_of_one_document_stand_side_by_side(tmp_path: Path) -> None:
    for _ in range(2):
        with Store(tmp_path).run(SCHOOL, TERM) as run:
            names = [
                run.put("减负工作计划", suffix, suffix.encode(), kind="work-plan").path.name
                for suffix in ("docx", ".pdf")
            ]
    assert names == ["减负工作计划.docx", "减负工作计划.pdf"]


def test_the_manifest_says_what_a_file_is_made_of_and_nothing_of_the_hour(tmp_path: Path) -> None:
    written = []
    for name in ("a", "b"):
        origin = Origin("0.1.0", "official", {"city-primary.yaml": "ab" * 32})
        with Store(tmp_path / name).run(SCHOOL, TERM, origin) as run:
            run.put("减负工作计划", "docx", b"1", kind="work-plan", digest=lambda data: {"text": len(data)})
        written.append((run.folder / MANIFEST_NAME).read_bytes())
    assert written[0] == written[1]
    (entry,) = json.loads(written[0])["files"]
    assert entry == {
        "path": "减负工作计划.docx",
        "name": "减负工作计划",
        "kind": "work-plan",
        "sha256": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
        "size": 1,
        "digest": {"text": 1},
        "origin": {"planforge": "0.1.0", "look": "official", "sources": {"city-primary.yaml": "ab" * 32}},
    }


def test_a_run_of_some_documents_keeps_the_others_in_the_manifest(tmp_path: Path) -> None:
    put(tmp_path, b"1", "计划")
    put(tmp_path, b"1", "方案")
    assert put(tmp_path, b"2", "计划").status == "written"
    assert put(tmp_path, b"2", "方案").status == "written"


def test_a_file_that_was_removed_is_made_again_and_unlisted_until_then(tmp_path: Path) -> None:
    one = put(tmp_path, b"1", "计划")
    one.path.unlink()
    put(tmp_path, b"1", "方案")
    listed = json.loads((one.path.parent / MANIFEST_NAME).read_text("utf-8"))["files"]
    assert [entry["name"] for entry in listed] == ["方案"]
    assert put(tmp_path, b"1", "计划").status == "written"


def test_names_that_some_system_takes_for_one_are_numbered_and_stay_so(tmp_path: Path) -> None:
    wanted = ["Plan", "plan", "a/b", "a／b", "e\u0301", "é"]
    for data in (b"1", b"2"):
        with Store(tmp_path).run(SCHOOL, TERM) as run:
            names = [run.put(name, "docx", data + name.encode(), kind="x").path.stem for name in wanted]
        assert names == ["Plan", "plan（2）", "a／b", "a／b（2）", "é", "é（2）"]
    assert put(tmp_path, b"3", "plan").path.stem == "plan（3）"  # another kind: another document


def test_a_single_document_finds_its_own_number_again(tmp_path: Path) -> None:
    for name in ("Plan", "plan"):
        put(tmp_path, b"1", name)
    assert put(tmp_path, b"2", "plan").path.stem == "plan（2）"


def test_schools_and_terms_whose_names_look_alike_have_folders_of_their_own(tmp_path: Path) -> None:
    for _ in range(2):
        assert put(tmp_path, b"1", school="A/B").path.parts[-3:-1] == ("A／B", TERM)
        assert put(tmp_path, b"1", school="A／B").path.parts[-3:-1] == ("A／B（2）", TERM)
        assert put(tmp_path, b"1", school="A/B", term=TERM + ".").path.parts[-2] == f"{TERM}（2）"


@given(school=st.text(), term=st.text(), name=st.text())
def test_whatever_it_is_called_it_stays_inside(
    tmp_path_factory: pytest.TempPathFactory, school: str, term: str, name: str
) -> None:
    base = tmp_path_factory.mktemp("names")
    path = put(base / "output", b"1", name, school, term).path
    assert path.resolve().parent.parent.parent == base / "output"
    assert [one.name for one in base.iterdir()] == ["output"]


def test_a_folder_that_is_a_link_is_not_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    for inside in (tmp_path / "1" / SCHOOL, tmp_path / "2" / SCHOOL / TERM):
        inside.parent.mkdir(parents=True)
        inside.symlink_to(outside)
    for root in (tmp_path / "1", tmp_path / "2"):
        with pytest.raises(OutputError, match="链接") as caught:
            put(root, b"1")
        assert caught.value.code == "output-outside"
    assert list(outside.iterdir()) == []


def test_the_output_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "disk")
    assert put(tmp_path / "output", b"1").path == tmp_path / "disk" / SCHOOL / TERM / "减负工作计划.docx"


def test_a_file_that_is_a_link_is_kept_and_what_it_points_to_too(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"s")
    folder = tmp_path / "output" / SCHOOL / TERM
    folder.mkdir(parents=True)
    (folder / "减负工作计划.docx").symlink_to(secret)
    one = put(tmp_path / "output", b"1")
    assert (one.status, one.path.name) == ("kept", "减负工作计划（新）.docx")
    assert secret.read_bytes() == b"s" and (folder / "减负工作计划.docx").is_symlink()


def test_a_folder_in_the_place_of_a_document_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / SCHOOL / TERM / "减负工作计划.docx"
    folder.mkdir(parents=True)
    assert put(tmp_path, b"1").path.name == "减负工作计划（新）.docx"
    assert folder.is_dir()


def test_a_manifest_that_names_files_elsewhere_is_not_believed(tmp_path: Path) -> None:
    one = put(tmp_path / "output", b"1")
    manifest = one.path.parent / MANIFEST_NAME
    data = json.loads(manifest.read_text("utf-8"))
    data["files"][0]["path"] = "../../../outside.docx"
    manifest.write_text(json.dumps(data), "utf-8")
    assert put(tmp_path / "output", b"2").status == "kept"
    assert not (tmp_path / "outside.docx").exists()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": 99}', b"[" * 100_000])
def test_with_a_damaged_manifest_every_file_counts_as_unknown(tmp_path: Path, damage: bytes) -> None:
    one = put(tmp_path, b"1")
    manifest = one.path.parent / MANIFEST_NAME
    manifest.write_bytes(damage)
    two = put(tmp_path, b"2")
    assert (two.status, one.path.read_bytes(), two.path.read_bytes()) == ("kept", b"1", b"2")
    assert (one.path.parent / "manifest（读不出的1）.json").read_bytes() == damage


@pytest.mark.parametrize("suffix", ["", ".", "../x", "do cx", ".docx/", "docx.", ".d\n"])
def test_a_suffix_is_a_suffix(tmp_path: Path, suffix: str) -> None:
    with Store(tmp_path).run(SCHOOL, TERM) as run, pytest.raises(ValueError, match="suffix"):
        run.put("计划", suffix, b"1", kind="x")


def test_a_run_that_puts_nothing_leaves_no_file(tmp_path: Path) -> None:
    with Store(tmp_path).run(SCHOOL, TERM):
        pass
    assert files(tmp_path) == {}


def test_what_was_put_before_a_failure_stays_known(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Store(tmp_path).run(SCHOOL, TERM) as run:
        run.put("减负工作计划", "docx", b"1", kind="work-plan")
        raise ZeroDivisionError
    assert put(tmp_path, b"2").status == "written"
