"""Old binary papers (.doc, Kingsoft .wps, .rtf) turned into Word files by LibreOffice, shut off from everything.

LibreOffice fetches pictures that a file links to (seen with .doc and .fodt), so it is given no network where the
system can take it away, a profile of its own that trusts no source and runs no macro, and limits of time and memory.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from planforge.core.unreadable import Unreadable

_SECONDS = 120
_MEMORY = 4_000_000_000
"""Bytes of address space; LibreOffice 7.4 maps about 1.5 GB to convert an ordinary paper."""
_WRITTEN = 200_000_000
_SETTINGS = (
    ("Security/Scripting", "DisableMacrosExecution", "true"),
    ("Security/Scripting", "MacroSecurityLevel", "3"),
    ("Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Security/Scripting", "DisableActiveContent", "true"),
)
"""LibreOffice's own switches (officecfg, org.openoffice.Office.Common); those a version does not know are passed over."""
_NO_PROXY = "http://127.0.0.1:9"
"""The discard port: whatever heeds a proxy gets nowhere."""


def as_docx(data: bytes, suffix: str) -> bytes:
    """A paper as a Word file.

    Args:
        data: the paper.
        suffix: of its format, with the dot.

    Raises:
        Unreadable: LibreOffice is not there, cannot read it, or takes too long.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        fix = (
            "安装 LibreOffice（Debian：apt install libreoffice-writer），或者用 Word、WPS 打开后另存为 .docx"
        )
        raise Unreadable("paper.libreoffice", f"读 {suffix} 文件要用 LibreOffice，这台机器上没有装", fix)
    with tempfile.TemporaryDirectory(prefix="planforge-") as name:
        folder = Path(name)
        (folder / f"paper{suffix}").write_bytes(data)
        _write_profile(folder / "profile")
        command = [
            *_without_network(), program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "docx:MS Word 2007 XML",
            "--outdir", str(folder / "made"), str(folder / f"paper{suffix}"),
        ]  # fmt: skip
        _run(command, folder)
        made = folder / "made" / "paper.docx"
        if not made.is_file():
            raise Unreadable(
                "paper.damaged", "文件损坏，或者不是这种格式", "用 Word 或 WPS 打开，另存为 .docx"
            )
        return made.read_bytes()


def _run(command: list[str], folder: Path) -> None:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ftp_proxy"), _NO_PROXY),
    }
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_limits(),
    ) as running:
        try:
            running.wait(_SECONDS)
        except BaseException as error:
            os.killpg(running.pid, signal.SIGKILL)
            if isinstance(error, subprocess.TimeoutExpired):
                raise Unreadable(
                    "paper.slow", "LibreOffice 打开这份文件用了太久", "用 Word 或 WPS 打开，另存为 .docx"
                ) from error
            raise


def _limits() -> Callable[[], None] | None:
    """Limits that the child sets itself; None where the system has none."""
    try:
        import resource
    except ImportError:
        return None

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (_WRITTEN, _WRITTEN))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))

    return limit


@lru_cache(maxsize=1)
def _without_network() -> tuple[str, ...]:
    """What a command begins with, so that it has no network; nothing where the system does not let us."""
    for words in (("unshare", "--net"), ("unshare", "--map-root-user", "--net")):
        if (program := shutil.which(words[0])) is None:
            return ()
        command = (program, *words[1:], "--")
        if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
            return command
    return ()


def _write_profile(folder: Path) -> None:
    """A fresh profile that trusts nobody."""
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.Common/{group}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for group, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        f' xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>',
        encoding="utf-8",
    )
