"""Two schools in one file: nobody gets a letter of another school's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planforge.core.problems import Place, Problem
from planforge.core.text_folding import compact
from planforge.roster.block_state import RecipientDraft

_IN_TITLE = re.compile(
    r"(?!.{0,4}(?:教育|义务|贯制|各|全|我|本|贵|该))[一-龥]{2,20}?(?:小学|中学|学校)(?![部生段组教期])"
)


def school_in(title: str) -> str:
    """The school that a title or a sheet's name names, "" for none."""
    found = _IN_TITLE.search(compact(title))
    return found[0] if found else ""


def drop_other_schools(
    drafts: Sequence[RecipientDraft], schools: Sequence[str], file: str
) -> tuple[list[RecipientDraft], list[RecipientDraft], list[Problem]]:
    """The drafts without those of other schools, those, and what is to be said.

    A list all of which names one other school is kept and told: schools have several names. Where the school's own
    names are not known, several schools in a file are only told.

    Args:
        drafts: everybody on the list, with the school that the list names.
        schools: the school's own names; none where they are not known.
        file: the roster, for the place of a problem.
    """
    own = [compact(name) for name in schools if name]
    named = dict.fromkeys(draft.school for draft in drafts if draft.school)
    foreign = [name for name in named if own and not any(_same(name, mine) for mine in own)]
    groups: list[str] = []
    for name in named:
        if not any(_same(name, other) for other in groups):
            groups.append(name)
    if own and foreign and len(groups) > 1:
        others = [draft for draft in drafts if draft.school in foreign]
        fix = "给每所学校单独一份花名册；是同一所学校的，把校名改成一样"
        problems = [
            Problem("这一行是别的学校的，没有取", draft.school_place, "学校", fix=fix, code="school.other")
            for draft in others
        ]
        return [draft for draft in drafts if draft.school not in foreign], others, problems
    told = [draft for draft in drafts if draft.school in (foreign if own else groups[1:])][:1]
    message = "名单上写的学校和信息表的不同" if own else f"名单里写着 {len(groups)} 所学校"
    problems = [
        Problem(message, draft.school_place or Place(file), "学校", fix="核对是不是给错了名单", code="school.name", severity="notice")
        for draft in told
    ]  # fmt: skip
    return list(drafts), [], problems


def _same(name: str, other: str) -> bool:
    """Whether two names are of one school: 枫林小学, 青禾市枫林小学, 枫林小学东校区."""
    return name in other or other in name
