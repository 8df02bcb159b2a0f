"""Where template files come from: the search folders, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import TemplateNotFound
from jinja2.loaders import BaseLoader

from planforge.compose.execution import printable
from planforge.compose.template_faults import TemplateFault

SUFFIX = ".j2"
SOURCE = 200_000
"""Characters that one template file may have; ours have up to ten thousand."""


class Loader(BaseLoader):
    """Template files of the search folders, earlier folders first: a kind's own and `clauses/`."""

    def __init__(self, search: Sequence[Path]) -> None:
        self.search = tuple(search)

    def find(self, name: str) -> Path | None:
        """The file of a template's name; None where no folder has it, or where it lies outside of it."""
        parts = name.split("/")
        if any(part in ("", ".", "..") for part in parts) or not name.endswith(SUFFIX):
            return None
        if len(parts) != 2 and not (len(parts) == 3 and parts[0] == "clauses"):
            return None
        if "\\" in name or "\0" in name or ":" in name:
            return None
        for root in self.search:
            path = root / name
            if path.is_file() and path.resolve().is_relative_to(root.resolve()):
                return path
        return None

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template file. Raises TemplateNotFound, or TemplateFault where it cannot be read."""
        path = self.find(template)
        if path is None:
            raise TemplateNotFound(template)
        stamp = _stamp(path)
        earlier = [root / template for root in self.search[: self._root_of(path)]]
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise TemplateFault(f"模板文件不是 UTF-8：{path}", "template-encoding") from error
        if len(text) > SOURCE:
            raise TemplateFault(f"模板文件太大：{path}", "template-size", expected=f"至多 {SOURCE} 个字符")
        if printable(text) != text:
            raise TemplateFault(f"模板文件里有不能用的控制字符：{path}", "template-control")

        def unchanged() -> bool:
            return _stamp(path) == stamp and not any(file.is_file() for file in earlier)

        return text, str(path), unchanged

    def _root_of(self, path: Path) -> int:
        """The number of the folder that a file was found in."""
        return next(number for number, root in enumerate(self.search) if path.is_relative_to(root))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What tells a file from another or from itself changed; None where it is gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns
