"""Where the built-in templates, looks and example profiles are: in the wheel or in the checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def data_root() -> Path:
    """The folder that holds `templates/` and `profiles/`.

    An installed wheel carries them inside the package; a checkout has them beside it.
    Raises FileNotFoundError where neither is there (a broken installation).
    """
    for root in (_PACKAGE / "data", _PACKAGE.parent):
        if (root / "templates").is_dir():
            return root
    raise FileNotFoundError(f"templates/ is neither in {_PACKAGE / 'data'} nor beside {_PACKAGE}")


def templates_root() -> Path:
    """The folder of document kinds, clauses and looks."""
    return data_root() / "templates"


def profiles_root() -> Path:
    """The folder of the example schools."""
    return data_root() / "profiles"
