"""Typer in Chinese: help pages and usage mistakes in an office's words.

Typer's own help and errors are English and partly not translatable; commands of ours print their help
here, and `run` words every usage mistake from the error's parts.
"""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

HELP = "显示这段说明"


def _option_row(param: Any) -> tuple[str, str]:
    if param.name == "help":
        return "--help", HELP
    names = ", ".join([*param.opts, *param.secondary_opts])
    if not param.is_flag:
        names += f" {param.metavar or '值'}"
    text = param.help or ""
    if param.required:
        text += "（必填）"
    elif param.show_default and param.default and isinstance(param.default, str | int) and not param.is_flag:
        text += f"（默认：{param.default}）"
    return names, text


def _section(title: str, rows: list[tuple[str, str]]) -> str:
    from rich.cells import cell_len

    width = max(cell_len(left) for left, _ in rows)
    lines = [f"  {left}{' ' * (width - cell_len(left) + 2)}{right}" for left, right in rows]
    return "\n".join([f"{title}：", *lines])


def _help(command: Any, ctx: Any) -> str:
    arguments = [p for p in command.get_params(ctx) if isinstance(p, TyperArgument) and not p.hidden]
    options = [p for p in command.get_params(ctx) if not isinstance(p, TyperArgument) and not p.hidden]
    usage = [ctx.command_path]
    if options:
        usage.append("[选项]")
    usage += [_argument_name(p) for p in arguments]
    commands: list[tuple[str, str]] = []
    if isinstance(command, TyperGroup):
        usage.append("命令 …")
        for name in command.list_commands(ctx):
            subcommand = command.get_command(ctx, name)
            if subcommand is not None and not subcommand.hidden:
                commands.append((name, (subcommand.help or "").split("\n")[0]))
    parts = [f"用法：{' '.join(usage)}", (command.help or "").strip()]
    if arguments:
        parts.append(_section("内容", [(_argument_name(p), p.help or "") for p in arguments]))
    if commands:
        parts.append(_section("命令", commands))
    groups: dict[str, list[tuple[str, str]]] = {}
    for param in options:
        groups.setdefault(getattr(param, "rich_help_panel", None) or "选项", []).append(_option_row(param))
    parts += [_section(title, rows) for title, rows in groups.items()]
    return "\n\n".join(part for part in parts if part) + "\n"


def _argument_name(param: Any) -> str:
    name = param.metavar or str(param.name)
    name += " …" if param.nargs == -1 or getattr(param, "multiple", False) else ""
    return name if param.required else f"[{name}]"


class ChineseCommand(TyperCommand):
    """A command whose help page is Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page (called by Typer)."""
        formatter.write(_help(self, ctx))


class ChineseGroup(TyperGroup):
    """A group of commands whose help page is Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page (called by Typer)."""
        formatter.write(_help(self, ctx))


_BAD_VALUES = (
    (r"'(.+)' is not readable", "没有读取 {0} 的权限，请管理员开放权限，或者另存一份"),
    (r"(?:integer|valid int)", "应当是整数"),
    (r"less than or equal to (\d+)", "最大是 {0}"),
    (r"greater than or equal to (\d+)", "最小是 {0}"),
)
"""What Typer's own checks say in English, and what we say."""


def _near(error: Any) -> str:
    """The commands that come near to the one that was typed."""
    import difflib

    ctx = getattr(error, "ctx", None)
    words = error.message.split("'")
    names = (
        ctx.command.list_commands(ctx) if ctx is not None and hasattr(ctx.command, "list_commands") else []
    )
    near = difflib.get_close_matches(words[1].lower(), names, 3, 0.6)
    return f"，您是不是想写 {'、'.join(near)}" if near else ""


def usage_mistake(error: Any) -> str:
    """A usage error of Typer's (known by its class name, whichever Click it carries) in Chinese."""
    param = getattr(error, "param", None)
    named = ""
    if isinstance(param, TyperArgument):
        named = _argument_name(param).strip("[]")
    elif isinstance(param, TyperOption):
        named = "/".join(param.opts)
    match type(error).__name__:
        case "NoSuchOption":
            near = f"，您是不是想写 {'、'.join(error.possibilities)}" if error.possibilities else ""
            return f"没有 {error.option_name} 这个选项{near}"
        case "MissingParameter":
            return f"缺少 {named}：{getattr(param, 'help', '') or '必须给出'}"
        case "BadParameter":
            for pattern, words in _BAD_VALUES:
                if match := re.search(pattern, error.message):
                    return f"{named} 的值不对：{words.format(*match.groups())}"
            return f"{named} 的值不对：{error.message}" if named else f"值不对：{error.message}"
        case "BadOptionUsage":
            return f"选项 {error.option_name} 后面缺少值，或不该有值"
        case "BadArgumentUsage":
            return "给出的内容个数不对"
        case "NoSuchCommand" | "UsageError" if "command" in error.message.lower():
            words = error.message.split("'")
            return f"没有 {words[1]} 这个命令{_near(error)}" if len(words) > 2 else "请写明要做什么（命令）"
        case "UsageError" if "extra argument" in error.message:
            return f"多出了内容：{error.message.rpartition('(')[2].rstrip(')')}"
        case _:
            return str(error.message)


_STOPPED = 130
"""The exit status of what a person stopped: 128 and the signal's number, as in every shell."""


def run(app: typer.Typer) -> int:
    """Run the application and return its exit status: 0 done, 1 findings, 2 the call or the input is wrong."""
    try:
        result = app(standalone_mode=False)
    except typer.Exit as stop:
        result = stop.exit_code
    except (typer.Abort, KeyboardInterrupt):
        result = _STOPPED
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(error.format_message(), err=True)
            return 2
        ctx = getattr(error, "ctx", None)
        path = ctx.command_path if ctx is not None else "planforge"
        typer.echo(f"{usage_mistake(error)}。\n用法见：{path} --help", err=True)
        return 2
    if result == _STOPPED:  # Typer makes that of Ctrl-C, without a word
        typer.echo("已停止。", err=True)
    return result if isinstance(result, int) else 0
