"""Answers that templates print as sentences of their own, and that are only a date or a noun."""

from __future__ import annotations

from collections.abc import Iterator

from planforge.profile.consistency.common import Findings
from planforge.profile.field_titles import Described, keys
from planforge.profile.model import Profile
from planforge.profile.predicates import fragment


def sentences() -> Iterator[tuple[str, Described]]:
    """Every field, by group and key, whose answer is printed as a sentence."""
    for group, entry in keys(Profile).items():
        for key, one in keys(entry.kind).items() if entry.kind is not None and not entry.listed else ():
            extra = one.info.json_schema_extra
            if isinstance(extra, dict) and extra.get("sentence"):
                yield f"{group}.{key}", one


def check_sentences(profile: Profile, findings: Findings) -> None:
    """A notice for each answer that would stand in the documents as a broken sentence, with the example."""
    for path, entry in sentences():
        group, _, key = path.partition(".")
        said = getattr(getattr(profile, group), key)
        if said and fragment(said):
            message = "这一项在文中照印成一句话，现在写的不成一句"
            fix = f"写成一句完整的话，如：{entry.sample}"
            findings.add(path, "sentence.fragment", message, said, "", fix, severity="notice")
