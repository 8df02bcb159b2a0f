"""Every page for everybody: no serious finding of axe-core, nothing that runs off a narrow screen, all by keyboard."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.support.web_server import Server, from_example, opened


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def test_every_page_is_open_to_everybody(page: Page, tmp_path: Path) -> None:
    problems = {"home": serious(page)}
    page.click("text=写本学期的文件")
    problems["new"] = serious(page)
    form = from_example(page)
    base = "/".join(page.url.split("/")[:3])
    for step in ("school", "homework", "schedule", "service", "more"):
        page.goto(f"{base}/forms/{form}/step/{step}")
        page.wait_for_selector(".pages img")
        problems[step] = serious(page)
    for path in ("term", "revisions", "letters"):
        page.goto(f"{base}/forms/{form}/{path}")
        problems[path] = serious(page)
    document = docx.Document()
    document.add_paragraph("学校9月31日召开家长会。")
    document.save(str(tmp_path / "稿.docx"))
    page.goto(f"{base}/papers")
    problems["papers"] = serious(page)
    page.set_input_files("#paper", tmp_path / "稿.docx")
    page.click("button:has-text('检查')")
    page.wait_for_selector(".sheet")
    problems["read"] = serious(page)
    assert {name: found for name, found in problems.items() if found} == {}


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (768, 1024), (390, 844)])
def test_no_page_runs_off_the_screen(browser: Browser, server: Server, width: int, height: int) -> None:
    page = opened(browser, server, width, height)
    form = from_example(page)
    for path in (
        "",
        "new",
        "papers",
        f"forms/{form}/step/schedule",
        f"forms/{form}/term",
        f"forms/{form}/letters",
    ):
        page.goto(f"{server.address}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), path
    page.context.close()


def test_the_first_form_is_filled_in_by_keyboard_alone(page: Page) -> None:
    page.goto(page.url.split("?")[0].rstrip("/") + "/new")
    page.keyboard.type("云台小学")
    for _ in range(20):
        if page.evaluate("document.activeElement.id") == "q-head":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("林远（校长）")
    page.keyboard.press("Enter")
    expect(page.locator("#step-title")).to_have_text("学校与学期")
