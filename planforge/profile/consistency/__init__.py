"""What concerns several fields at once, on whatever could be read; all of it, not the first."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from planforge.core.problems import Place, Problem
from planforge.profile.consistency.common import Findings, PlaceOf
from planforge.profile.consistency.grades import check_grades
from planforge.profile.consistency.people import check_people
from planforge.profile.consistency.plan import check_plan
from planforge.profile.consistency.progress import check_progress
from planforge.profile.consistency.required import check_required
from planforge.profile.consistency.school import check_school
from planforge.profile.consistency.sentences import check_sentences
from planforge.profile.consistency.times import check_lengths, check_periods, check_term, check_times
from planforge.profile.consistency.typed_numbers import check_typed_numbers
from planforge.profile.model import Profile


def check(
    profile: Profile,
    place: PlaceOf,
    spoiled: Collection[str] = (),
    written: Mapping[str, Place] | None = None,
) -> list[Problem]:
    """All contradictions in a profile. place: leads from a dotted path to where it was written.

    spoiled: paths whose value was wrong in itself; what is missing there has been reported already. written: where
    each key stands that is there, blank ones too.
    """
    findings = Findings(place, spoiled, written=written or {})
    for one in (
        check_required,
        check_school,
        check_grades,
        check_term,
        check_times,
        check_lengths,
        check_periods,
        check_people,
        check_plan,
        check_progress,
        check_sentences,
        check_typed_numbers,
    ):
        one(profile, findings)
    return findings.problems
