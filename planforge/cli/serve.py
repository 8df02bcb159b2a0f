"""`planforge serve`: the form and the pages in a browser, on one's own machine; `planforge manage`: its upkeep."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import warnings
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

_LACKING = (
    "网页界面要用的几个库没有装：请执行 pip install 'planforge[web]'，或者在程序文件夹里执行 make demo。"
)
PORT = 8620
"""Not registered with IANA for anything that a school runs."""


def serve(
    port: Annotated[
        int, typer.Option("--port", metavar="端口", min=0, max=65535, help="网页地址里的端口；0 为任选")
    ] = PORT,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="文件夹", help="信息表存在哪里；不写就存在个人的数据文件夹"),
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="不打开浏览器，只显示地址")] = False,
) -> int:
    """在浏览器里填表、看文件、查旧稿（只有这台电脑能打开）。"""
    if data is not None:
        os.environ["PLANFORGE_DATA"] = str(data.absolute())
    token = os.environ.setdefault("PLANFORGE_TOKEN", secrets.token_urlsafe(24))
    _ready()
    import uvicorn
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    own = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        own.bind(("127.0.0.1", port))
    except OSError:
        if port != PORT:
            print(f"端口 {port} 正被别的程序使用，请换一个（--port）。", file=sys.stderr)
            return 2
        own.bind(("127.0.0.1", 0))
    own.listen(128)  # whoever comes before the server is at work waits for it
    address = f"http://127.0.0.1:{own.getsockname()[1]}/?token={token}"
    typer.echo(f"请用浏览器打开：{address}\n只有这台电脑能打开。用完按 Ctrl-C 结束，填过的都已经保存。")
    sys.stdout.flush()
    if not no_open:
        webbrowser.open(address)
    # WhiteNoise hands out small files of ours at once, which an asynchronous server may wait for.
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
    config = uvicorn.Config(
        "planforge.web.asgi:application", log_level="warning", lifespan="off", server_header=False
    )
    uvicorn.Server(config).run(sockets=[own])
    return 0


def manage(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="命令 …", help="如 migrate、check、dumpdata")
    ] = None,
) -> int:
    """管理网页界面的数据库（给维护的人用）。"""
    os.environ.setdefault("PLANFORGE_TOKEN", "")
    _ready()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["planforge manage", *(words or ["help"])])
    return 0


def _ready() -> None:
    """Django with our settings. Raises MissingPart where the extra is not installed."""
    from planforge.app.errors import MissingPart

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "planforge.web.settings")
    try:
        import django
        import django_htmx  # noqa: F401
        import uvicorn  # noqa: F401
        import whitenoise  # noqa: F401
    except ImportError as error:
        raise MissingPart(_LACKING) from error
    django.setup()
