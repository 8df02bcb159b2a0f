"""Where files go: names made safe, written beside and renamed, a manifest, hand-edited files kept.

The room knows nothing of schools' rules or of Word; it puts bytes into folders and never loses what a
person has done there.
"""

from planforge.output.atomic_write import write_new, write_whole
from planforge.output.manifest import MANIFEST_NAME, Origin
from planforge.output.naming import safe_name
from planforge.output.refusal import FolderBusy, OutputError, no_folder, refusal
from planforge.output.store import Put, Store, TermFolder

__all__ = [
    "MANIFEST_NAME", "FolderBusy", "Origin", "OutputError", "Put", "Store", "TermFolder", "no_folder", "refusal", "safe_name",
    "write_new", "write_whole",
]  # fmt: skip
