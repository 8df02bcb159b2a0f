"""One line of the examination, and how the same thing is installed on each system."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "slow", "missing"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was looked for, how it stands, what was found, and (unless all is well) how to mend it; in Chinese."""

    name: str
    state: State
    found: str
    mend: str = ""


def on_this_system(debian: str, windows: str, macos: str, platform: str = sys.platform) -> str:
    """The mend for this system; on other systems than these three, Debian's names are the best hint."""
    if platform == "win32":
        return windows
    return macos if platform == "darwin" else debian


def apt(*packages: str) -> str:
    """How to install system packages on Debian and Ubuntu."""
    return f"请管理员执行：apt-get install -y {' '.join(packages)}"
