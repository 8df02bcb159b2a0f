"""The way through the pages as an office goes it, in a real browser, from an empty database to files on the disk."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
from playwright.sync_api import Browser, Page, expect

from planforge import School
from tests.support.web_server import Server, from_example, opened


def text_of(page: Page) -> str:
    """The form's YAML as it is kept."""
    base = page.url.split("/step/")[0].split("?")[0].rstrip("/")
    return page.context.request.get(f"{base}/form.yaml").text()


def downloaded(page: Page, words: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.click(words)
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_five_answers_give_a_plan_that_is_taken_away(page: Page) -> None:
    page.click("text=写本学期的文件")
    page.fill("#q-name", "青石县云台小学")
    page.fill("#q-head", "林远（校长）")
    page.click("text=看计划")
    expect(page.locator(".pages img").first).to_be_visible()
    page.wait_for_function("document.querySelector('.pages img').naturalWidth == 900")
    name, data = downloaded(page, ".papertools >> text=Word")
    assert name == "减负工作计划.docx"
    (wanted,) = School.read(text_of(page)).render(["work_plan"], ["docx"]).files.values()
    assert data == wanted
    assert "青石县云台小学" in "".join(
        paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs
    )


def test_what_is_missing_is_told_and_what_was_typed_stays(page: Page) -> None:
    page.click("text=写本学期的文件")
    page.fill("#q-head", "林远（校长）")
    page.evaluate("document.querySelector('.questions').noValidate = true")
    page.click("text=看计划")
    expect(page.locator("[role=alert]")).to_contain_text("请写学校全称")
    assert page.input_value("#q-head") == "林远（校长）"


def test_a_wrong_value_is_told_beside_its_field_and_mended(page: Page) -> None:
    from_example(page)
    page.click("nav.steps >> text=一天")
    field = page.locator('[id="field-day.first_lesson"]')
    box = page.locator('[id="in-day.first_lesson"]')
    box.fill("7:50")
    box.blur()
    expect(field).to_contain_text("与现行规定不符")
    expect(page.locator("#findings")).to_contain_text("第一节课")
    box.fill("8:30")
    box.blur()
    expect(field.locator(".told")).to_have_count(0)
    assert "first_lesson: 8:30" in text_of(page) or 'first_lesson: "8:30"' in text_of(page)
    assert "# 学校、地名、人名、电话都是编的" in text_of(page)


def test_forty_rows_from_excel_are_pasted_and_kept(page: Page) -> None:
    from_example(page, "村小")
    page.click("nav.steps >> text=月历")
    page.click("text=加一行")
    rows = "\n".join(f"{9 + number % 4}\t第{number}项工作\t教导处" for number in range(40))
    page.locator("table.rows tr:last-child textarea").first.focus()
    page.evaluate(
        "words => { const data = new DataTransfer(); data.setData('text/plain', words); document.activeElement.dispatchEvent("
        "new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }",
        rows,
    )
    expect(page.locator("#saved")).to_have_text("已保存")
    page.reload()
    expect(page.locator("table.rows tbody tr")).to_have_count(42)
    assert "第39项工作" in text_of(page)


def test_an_old_state_is_brought_back_and_the_present_one_kept(page: Page) -> None:
    form = from_example(page)
    before = text_of(page)
    box = page.locator('[id="in-school.phone"]')
    box.fill("0300-5550199")
    box.blur()
    expect(page.locator("#saved")).to_have_text("已保存")
    page.click("text=以前的样子")
    page.locator("text=换回这一份").last.click()
    page.wait_for_selector("#step-title")
    assert text_of(page) == before
    page.goto(page.url.split("/forms")[0] + f"/forms/{form}/revisions")
    expect(page.locator("table.list")).to_contain_text("换回以前的一份之前")


def test_an_old_paper_comes_back_with_its_findings_as_comments(page: Page, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("云台小学减负工作计划")
    document.add_paragraph("学校9月31日召开家长会，要求家长批改作业。")
    document.save(str(tmp_path / "旧稿.docx"))
    page.click("text=检查一份旧稿")
    page.set_input_files("#paper", tmp_path / "旧稿.docx")
    page.click("button:has-text('检查')")
    expect(page.locator(".ask .findings")).to_contain_text("没有这一天")
    expect(page.locator("#piece-2")).to_contain_text("9月31日")
    name, data = downloaded(page, "text=下载带批注的 Word")
    assert name == "旧稿（批注，勿报送）.docx"
    name, again = downloaded(page, ".ask >> text=Word >> nth=-1")
    assert name == "旧稿（重排）.docx"
    assert "学校9月31日召开家长会" in "".join(one.text for one in docx.Document(io.BytesIO(again)).paragraphs)
    assert "没有这一天" in zipfile.ZipFile(io.BytesIO(data)).read("word/comments.xml").decode()


def roster(path: Path, count: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["班级", "座号", "姓名"])
    for number in range(count):
        sheet.append([f"三年级{1 + number % 2}班", 1 + number // 2, f"测样{chr(0x4E00 + number)}"])
    book.save(path)


def test_letters_are_made_by_class_and_leave_nothing_behind(
    page: Page, server: Server, tmp_path: Path
) -> None:
    from_example(page)
    page.click("text=给家长的信")
    roster(tmp_path / "名单.xlsx", 60)
    page.set_input_files("#l-roster", tmp_path / "名单.xlsx")
    page.click("text=开始做")
    expect(page.locator("#job")).to_contain_text("做好了")
    expect(page.locator("#job tbody tr")).to_have_count(2)
    _, data = downloaded(page, "text=下载（按班）")
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert sum(name.endswith(".pdf") for name in names) >= 2
    page.click("text=从这台电脑删去")
    page.wait_for_selector("#l-roster")
    assert not list((server.data / "private").glob("*"))
    kept = (
        b"".join(path.read_bytes() for path in server.data.rglob("*") if path.is_file())
        + server.log.read_bytes()
    )
    assert "测样".encode() not in kept


def test_a_roster_with_a_mistake_is_told_by_its_cell(page: Page, tmp_path: Path) -> None:
    from_example(page)
    page.click("text=给家长的信")
    (tmp_path / "名单.csv").write_text("没有标题的一行\n甲,乙\n", encoding="utf-8")
    page.set_input_files("#l-roster", tmp_path / "名单.csv")
    page.click("text=开始做")
    expect(page.locator("#job")).to_contain_text("没有做成")
    expect(page.locator("#job li").first).to_be_visible()


def test_what_was_done_is_ticked_off_together_and_the_summary_says_so(page: Page) -> None:
    from_example(page)
    page.click("text=月历打勾")
    for number in range(3):
        page.check(f"#item-{number}")
    page.fill("#evidence", "签到表")
    page.click("text=记下来")
    expect(page.locator("tbody tr").first).to_contain_text("完成")
    page.click("text=看总结")
    expect(page.locator(".pages img").first).to_be_visible()
    assert text_of(page).count("签到表") >= 3


def test_two_people_at_one_form_lose_nothing(browser: Browser, server: Server, page: Page) -> None:
    form = from_example(page)
    other = opened(browser, server)
    other.goto(f"{server.address}/forms/{form}/step/supervision")
    for number in range(4):
        for person, path in ((page, "school.phone"), (other, "supervision.hotline")):
            box = person.locator(f'[id="in-{path}"]')
            box.fill(f"0300-555012{number}")
            box.blur()
    for person in (page, other):
        expect(person.locator("#saved")).to_have_text("已保存")
    for _ in range(40):  # the last words of both may still be on their way
        text = text_of(page)
        if "phone: 0300-5550123" in text and "hotline: 0300-5550123" in text:
            break
        page.wait_for_timeout(250)
    else:
        raise AssertionError(text)
    other.context.close()
