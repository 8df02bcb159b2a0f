"""A real server and a real browser: `planforge serve` on a free port, Chromium as Debian has it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-of-tests"
expect.set_options(timeout=30_000)  # the machine may be busy with other tests


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs. address: without the token; data: its folder; log: what it printed."""

    address: str
    data: Path
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def door(self) -> str:
        return f"{self.address}/?token={TOKEN}"


@contextmanager
def serving(data: Path, port: int = 0) -> Iterator[Server]:
    """A server on its own data; it ends with the block."""
    data.mkdir(parents=True, exist_ok=True)
    log = data.parent / f"{data.name}.log"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PLANFORGE_TOKEN": TOKEN, "PYTHONUTF8": "1"}
    command = [
        sys.executable,
        "-m",
        "planforge",
        "serve",
        "--no-open",
        "--port",
        str(port),
        "--data",
        str(data),
    ]
    with log.open("ab") as out:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=out, cwd=data)
        assert process.stdout is not None
        try:
            line = process.stdout.readline().decode()
            found = re.search(r"http://[\d.]+:\d+", line)
            assert found, line
            yield Server(found[0], data, log, process)
        finally:
            process.terminate()
            process.wait(20)
            process.stdout.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser. Debian's needs no sandbox of its own where it runs as root."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "Chromium is not installed: scripts/setup.sh test installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser: Browser, server: Server, width: int = 1366, height: int = 768) -> Page:
    """A new person at the first screen; any mistake in the page's own script fails the test."""
    page = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN").new_page()

    def fail(error: object) -> None:
        raise AssertionError(str(error))

    page.on("pageerror", fail)
    page.set_default_timeout(40_000)
    page.goto(server.door)
    return page


def from_example(page: Page, name: str = "城区小学") -> str:
    """A form that starts as an example; its id."""
    page.goto("/".join(page.url.split("/")[:3]))
    page.select_option("#example-name", name)
    page.click("text=从这份开始")
    page.wait_for_selector("#step-title")
    return page.url.split("/forms/")[1].split("/")[0]


def asked(url: str, method: str = "GET", data: bytes | None = None, **headers: str) -> tuple[int, str]:
    """Status and text of what a server answers to a request of no browser."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data=data, method=method, headers=named)
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=20) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None
