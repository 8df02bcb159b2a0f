"""The commands as an office types them: real runs, Chinese answers, exit statuses."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from planforge.core.resources import profiles_root
from planforge.profile import read_profile
from tests.support.commands import planforge

VILLAGE = profiles_root() / "village-primary.yaml"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("built")
    words = ("--only", "work_plan", "--format", "docx,pdf,html,txt", "--details", "-o", folder)
    run = planforge("build", VILLAGE, *words)
    assert run.returncode == 0, run.stderr
    return folder, run.stdout


def test_build_writes_school_term_document(built: tuple[Path, str]) -> None:
    folder, said = built
    files = sorted(path.relative_to(folder) for path in folder.rglob("减负工作计划.*"))
    assert [path.suffix for path in files] == [".docx", ".html", ".pdf", ".txt"]
    assert {path.parts[0] for path in files} == {"岚溪县枫垭镇坪上小学"}
    assert {path.parts[1] for path in files} == {"2026—2027学年第一学期"}
    assert "用时" in said and "写 PDF" in said


def test_build_says_which_local_facts_are_missing(built: tuple[Path, str]) -> None:
    assert "信息表里还没有下面" in built[1]
    assert "监督电话" in built[1]


def test_without_being_asked_it_only_counts_them_and_tells_no_times(tmp_path: Path) -> None:
    run = planforge("build", VILLAGE, "--only", "work_plan", "--format", "txt", "-o", tmp_path)
    assert "项没有填" in run.stdout and "planforge facts" in run.stdout
    assert "监督电话" not in run.stdout and "秒" not in run.stdout


@pytest.mark.parametrize("suffix", [".yaml", ".xlsx"])
def test_a_new_form_can_be_one_of_the_examples(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"我校{suffix}"
    run = planforge("new", path, "--example", "村小")
    assert run.returncode == 0, run.stderr
    assert "岚溪县" in planforge("check", path).stdout
    wrong = planforge("new", tmp_path / "b.yaml", "--example", "大学")
    assert wrong.returncode == 2 and "城区小学" in wrong.stderr and not (tmp_path / "b.yaml").exists()


def test_a_form_and_a_roster_in_each_others_place_are_told(tmp_path: Path) -> None:
    run = planforge("batch", tmp_path / "名单.csv", "致家长的一封信", VILLAGE, "-o", tmp_path)
    assert run.returncode == 2 and "次序像是写反了" in run.stderr


@pytest.mark.parametrize("name", ["旧稿.docx", "旧稿.pdf", "旧稿.WPS"])
def test_an_old_paper_that_cannot_be_read_is_told_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04")
    run = planforge("check", tmp_path / name)
    assert run.returncode == 2 and "怎样改：" in run.stderr and "planforge new" not in run.stderr


def test_a_second_build_changes_nothing(built: tuple[Path, str]) -> None:
    folder, _ = built
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    run = planforge("build", VILLAGE, "--only", "work_plan", "--format", "docx,pdf,html,txt", "-o", folder)
    assert run.returncode == 0
    assert run.stdout.count("没有变化") == 4
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.slow
def test_clock_zone_language_and_hash_seed_change_no_byte(tmp_path: Path) -> None:
    city = profiles_root() / "city-primary.yaml"
    found = []
    for seed, zone, language in (("1", "UTC", "C.UTF-8"), ("77", "Asia/Shanghai", "C")):
        folder = tmp_path / seed
        words = ("build", city, "--format", "docx,pdf,html,txt", "-o", folder)
        run = planforge(*words, PYTHONHASHSEED=seed, TZ=zone, LC_ALL=language)
        assert run.returncode == 0, run.stderr
        files = [path for path in folder.rglob("*") if path.is_file()]
        found.append({path.relative_to(folder): path.read_bytes() for path in files})
    assert len(found[0]) == 9, "two documents in four formats, and the manifest"
    assert found[0] == found[1]


def test_an_edited_word_file_is_kept_and_the_person_is_told(tmp_path: Path) -> None:
    import docx

    assert (
        planforge("build", VILLAGE, "--only", "work_plan", "--format", "docx", "-o", tmp_path).returncode == 0
    )
    (path,) = tmp_path.rglob("减负工作计划.docx")
    edited = docx.Document(str(path))
    edited.add_paragraph("校长手写补充一段。")
    edited.save(str(path))
    kept = path.read_bytes()
    run = planforge("build", VILLAGE, "--only", "work_plan", "--format", "docx", "-o", tmp_path)
    assert run.returncode == 1
    assert "原样保留" in run.stdout
    assert path.read_bytes() == kept
    assert len(list(path.parent.glob("*.docx"))) == 2


def test_mistakes_are_listed_with_their_places_and_nothing_is_written(tmp_path: Path) -> None:
    profile = tmp_path / "错.yaml"
    profile.write_text(
        "schema: 1\nschool:\n  name: 某小学\n  grads: 1-6\nterm:\n  year: 去年\n", encoding="utf-8"
    )
    run = planforge("build", profile, "-o", tmp_path / "out")
    assert run.returncode == 2
    assert "错.yaml:4:3" in run.stderr and "错.yaml:6:9" in run.stderr
    assert "共 2 处要改的地方" in run.stderr
    assert not (tmp_path / "out").exists()
    assert planforge("check", profile).returncode == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["buld"], "没有 buld 这个命令"),
        (["build"], "缺少 信息表"),
        (["build", "--fromat", "pdf", "x.yaml"], "没有 --fromat 这个选项"),
        (["schema", "more"], "多出了内容：more"),
        (["build", str(VILLAGE), "--only", "年终总结报告"], "没有“年终总结报告”这种文件"),
        (["build", str(VILLAGE), "--format", "wps"], "没有这种格式"),
        (["check", "没有这个.yaml"], "找不到这个文件"),
        (["new", "我校.docx"], "要以 .yaml 或 .xlsx 结尾"),
        (["new", "没有/我校.yaml", "--ask"], "没有这个文件夹"),
        (["batch", str(VILLAGE), "家长信", "x.xlsx", "--copies", "两份"], "--copies 的值不对：应当是整数"),
        (["add", str(VILLAGE), "家长会", "--month", "13"], "--month 的值不对：最大是 12"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_answered_in_chinese(words: list[str], said: str, tmp_path: Path) -> None:
    run = planforge(*words, at=tmp_path)
    assert run.returncode in (1, 2)
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert not list(tmp_path.iterdir())


def test_file_names_that_the_system_cannot_write_are_no_fault_of_ours(tmp_path: Path) -> None:
    run = planforge("build", VILLAGE, "--format", "txt", "-o", tmp_path, PYTHONUTF8="0", LC_ALL="POSIX")
    assert run.returncode == 2
    assert "文件名里写不出“岚”" in run.stderr and "PYTHONUTF8=1" in run.stderr


def test_a_blank_form_says_at_each_line_what_to_fill_in(tmp_path: Path) -> None:
    planforge("new", "我校.yaml", at=tmp_path)
    lines = (tmp_path / "我校.yaml").read_text("utf-8").splitlines()
    for command, status in (("check", 1), ("build", 2)):
        run = planforge(command, "我校.yaml", at=tmp_path)
        assert run.returncode == status
        for key in ("name:", "stage:", "year:"):
            number = 1 + next(number for number, line in enumerate(lines) if line.strip() == key)
            told = run.stderr.partition(f"我校.yaml:{number}:3")[2].partition("有误")[0]
            assert f"在第 {number} 行“{key}”后面填" in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["我校.yaml"]


def test_sections_that_have_to_be_named_are_had_as_the_list_says(tmp_path: Path) -> None:
    told = planforge("templates", "work_plan").stdout
    example = told.partition("“点名才有”的章节写进 sections")[2].splitlines()[1].strip()
    profile = tmp_path / "点名.yaml"
    documents = f"documents:\n  - kind: 减负工作计划\n    {example}\n"
    profile.write_text(VILLAGE.read_text("utf-8") + documents, "utf-8")
    assert planforge("build", profile, "--format", "txt", "-o", tmp_path).returncode == 0
    (text,) = tmp_path.rglob("减负工作计划.txt")
    assert "减负是减少机械重复" in text.read_text("utf-8")


def test_new_gives_a_form_that_reads_and_is_never_overwritten(tmp_path: Path) -> None:
    assert planforge("new", "我校.yaml", at=tmp_path).returncode == 0
    form = tmp_path / "我校.yaml"
    assert not [problem for problem in read_profile(form).problems if problem.code.startswith("yaml")]
    form.write_text("自己填的", encoding="utf-8")
    again = planforge("new", "我校.yaml", at=tmp_path)
    assert again.returncode == 2 and "已经在了" in again.stderr
    assert form.read_text(encoding="utf-8") == "自己填的"


def test_help_is_chinese_throughout() -> None:
    for words in ([], ["new"], ["check"], ["build"], ["templates"], ["facts"], ["schema"], ["doctor"]):
        text = planforge(*words, "--help").stdout
        assert text.startswith("用法：")
        for english in ("Usage", "Options", "Arguments", "Commands", "Show this", "default", "required"):
            assert english not in text


def test_facts_name_origin_and_documents() -> None:
    text = planforge("facts", VILLAGE).stdout
    name = next(line for line in text.splitlines() if "school.name " in line)
    assert name.startswith("学校全称 ")
    assert "village-primary.yaml:" in name and "减负工作计划" in name
    assert "规定 " in text


def test_facts_list_what_the_check_says_is_not_filled_in() -> None:
    told = re.search(r"还有 (\d+) 项没有填.*planforge facts", planforge("check", VILLAGE).stdout)
    assert told
    listed = planforge("facts", VILLAGE).stdout.partition(f"还有下面 {told[1]} 项没有填")[2].splitlines()[1:]
    assert len(listed) == int(told[1])
    assert any(line.split()[:2] == ["监督电话", "supervision.hotline"] for line in listed)


def test_schema_and_templates_speak() -> None:
    schema = json.loads(planforge("schema").stdout)
    assert schema["properties"]["school"]
    assert "减负工作计划" in planforge("templates").stdout


def test_checking_loads_neither_weasyprint_nor_python_docx() -> None:
    code = (
        "import sys; sys.argv = ['planforge', 'check', sys.argv[1]]\n"
        "from planforge.cli import main\n"
        "try: main()\n"
        "except SystemExit as stop: assert not stop.code, stop.code\n"
        "print([name for name in ('weasyprint', 'docx', 'fontTools', 'lxml') if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(VILLAGE)],
        capture_output=True, encoding="utf-8", cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip
    assert run.stdout.splitlines()[-1] == "[]", run.stdout + run.stderr


def test_without_pango_word_is_written_and_pdf_says_what_is_missing(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "weasyprint.py").write_text(
        "raise OSError('cannot load library libpango-1.0-0')\n", encoding="utf-8"
    )
    code = f"import sys; sys.path.insert(0, {str(broken)!r}); from planforge.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", code, "build", str(VILLAGE), "--only", "work_plan", "-o", str(tmp_path / "out")],
        capture_output=True, encoding="utf-8", cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert "生成 PDF 需要 Pango" in run.stderr and "Traceback" not in run.stderr
    assert [path.suffix for path in (tmp_path / "out").rglob("减负工作计划.*")] == [".docx"]


def test_a_character_that_no_font_has_is_named_before_the_pdf_is_printed(tmp_path: Path) -> None:
    profile = tmp_path / "生僻字.yaml"
    text = VILLAGE.read_text(encoding="utf-8")
    assert "田禾" in text
    profile.write_text(text.replace("田禾", "田\U000323af"), encoding="utf-8")
    run = planforge("build", profile, "--only", "work_plan", "-o", tmp_path / "out")
    assert run.returncode == 1
    assert "U+323AF" in run.stderr and "在“田\U000323af”" in run.stderr
    assert [path.suffix for path in (tmp_path / "out").rglob("减负工作计划.*")] == [".docx"]
