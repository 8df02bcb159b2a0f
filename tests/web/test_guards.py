"""Who is not let in, and what is harmless: strange hosts and sites, scripts in every field, uploads of any kind."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.web_server import TOKEN, Server, asked, from_example

SCRIPT = "<script>document.title='x'</script><img src=x onerror=\"document.title='x'\">{{ 7*7 }}"


def test_without_the_token_no_page_is_shown(server: Server) -> None:
    for path in ("/", "/new", "/papers", "/?token=wrong", "/forms/00000000-0000-0000-0000-000000000000/"):
        status, words = asked(f"{server.address}{path}")
        assert status == 403 and "token" in words


def test_a_forged_cookie_is_no_token(server: Server) -> None:
    assert asked(server.address, Cookie="planforge=forged")[0] == 403


def test_a_foreign_host_is_refused(server: Server) -> None:
    assert asked(f"{server.address}/?token={TOKEN}", Host="evil.example")[0] == 400


def test_a_foreign_site_cannot_send_forms(page: Page, server: Server) -> None:
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())
    body = b"name=%E5%9F%8E%E5%8C%BA%E5%B0%8F%E5%AD%A6"
    kind = "application/x-www-form-urlencoded"
    for more in ({"Origin": "https://evil.example"}, {"Sec_Fetch_Site": "cross-site"}, {}):
        assert (
            asked(f"{server.address}/example", "POST", body, Cookie=cookies, Content_Type=kind, **more)[0]
            == 403
        )


def test_pages_load_nothing_from_outside_and_run_no_script_of_their_own(page: Page, server: Server) -> None:
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())
    _, words = asked(f"{server.address}/", Cookie=cookies)
    assert (
        "http://" not in words
        and "https://" not in words
        and "onclick" not in words
        and "style=" not in words
    )
    answer = page.context.request.get(f"{server.address}/")
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_a_script_in_a_field_is_only_words(page: Page) -> None:
    from_example(page)
    for step in ("学校与学期", "领导小组", "问题与举措", "月历"):
        page.click(f"nav.steps >> text={step}")
        for box in page.locator(".field > textarea, table.rows textarea").all()[:6]:
            box.fill(SCRIPT)
            box.blur()
        expect(page.locator("#saved")).not_to_have_text("正在保存……")
        page.reload()
        assert page.title() != "x"
    page.goto(page.url.split("/forms")[0])
    assert page.title() == "这次要交什么？"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("表.yaml", b"\x00\x01\x02" * 500, "没有打开"),
        ("表.yaml", b"a: &a [*a]\n", "没有打开"),
        ("表.yaml", b"school: [" * 5000, "没有打开"),
        ("表.xlsx", b"PK\x03\x04", "没有打开"),
        ("../../etc/passwd", b"x", "没有打开"),
        ("表.exe", b"MZ", "没有打开"),
    ],
)
def test_an_upload_that_is_no_form_is_told(page: Page, name: str, data: bytes, told: str) -> None:
    page.set_input_files("#form-file", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
    page.click("#open button:has-text('打开')")
    expect(page.locator("[role=alert]")).to_contain_text(told)


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"0" * 60_000_000)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [("弹.docx", bomb()), ("坏.pdf", b"%PDF-1.7"), ("名.docx/../../x.pages", b"x"), ("空.docx", b"")],
    ids=["bomb", "broken", "path", "empty"],
)
def test_a_paper_that_cannot_be_read_is_told(page: Page, name: str, data: bytes) -> None:
    page.click("text=检查一份旧稿")
    page.set_input_files("#paper", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
    page.click("button:has-text('检查')")
    expect(page.locator("[role=alert]")).to_be_visible()


def test_what_is_too_large_is_refused(page: Page, server: Server) -> None:
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())
    try:
        status, _ = asked(
            f"{server.address}/papers", "POST", b"x" * 100_000_000, Cookie=cookies,
            Content_Type="multipart/form-data; boundary=b", Origin=server.address,
        )  # fmt: skip
    except OSError:  # the connection is closed before all of it is sent
        status = 413
    assert status in (400, 403, 413)
    assert asked(server.address)[0] == 403  # it still answers


def test_other_ids_and_wrong_values_lead_nowhere(page: Page, server: Server) -> None:
    form = from_example(page)
    for path in (
        "/forms/00000000-0000-0000-0000-000000000000/",
        f"/forms/{form}/step/nowhere",
        f"/forms/{form}/take/work_plan.exe",
        f"/forms/{form}/1/nowhere/1.png",
        f"/forms/{form}/1/work_plan/99.png",
        f"/forms/{form}/letters/00000000-0000-0000-0000-000000000000",
        "/papers/00000000-0000-0000-0000-000000000000/marked.docx",
        "/../../etc/passwd",
    ):
        assert page.context.request.get(f"{server.address}{path}").status == 404, path


def test_own_data_are_for_nobody_else(server: Server) -> None:
    assert (server.data / "secret-key").stat().st_mode & 0o077 == 0
    assert Path(server.data / "planforge.sqlite3").is_file()
