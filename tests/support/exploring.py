"""How many examples a property test draws: few and always the same in the gate, a thousand new ones when exploring."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

EXPLORING = os.environ.get("HYPOTHESIS_PROFILE") == "explore"
"""Set by `make explore`."""
_NEW = 1_000


def register() -> None:
    """Make the two profiles known, and load the one that is asked for."""
    settings.register_profile("suite", derandomize=True, database=None)
    settings.register_profile("explore", max_examples=_NEW, deadline=None, print_blob=True)
    settings.load_profile("explore" if EXPLORING else "suite")


def examples(count: int, **more: Any) -> settings:
    """The settings of a property test that draws `count` examples in the gate.

    Args:
        count: Examples in the gate; exploring always draws a thousand.
        **more: Other settings of Hypothesis, such as health checks that do not matter.

    Returns:
        A decorator, like `hypothesis.settings`.
    """
    return settings(max_examples=max(count, _NEW) if EXPLORING else count, deadline=None, **more)
