"""Fixed phrases: each printed exactly as issued, and only where a person confirmed the wording for this term."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from planforge.core.problems import Problem, Severity
from planforge.facts.model import Phrase
from planforge.facts.source_record import SourceRecord
from planforge.policy import KnownPhrase
from planforge.profile.model import Profile
from planforge.profile.phrases import Phrase as Written

MONTHS = 6
"""How long before the term a wording may have been confirmed: in the break before it, not in the term before that."""
TITLE = "引用的固定提法"
USUAL = ("new-era-thought", "education-policy", "moral-task")
"""What a plan's guiding sentence says where the school names no phrases of its own; meetings only when named."""


def guidance_facts(profile: Profile, ledger: SourceRecord) -> tuple[Phrase, ...]:
    """The phrases that may be printed, in the profile's order; what hinders the others goes to the notices."""
    confirmed: list[Phrase] = []
    for index, given in enumerate(profile.guidance):
        at, path = f"guidance[{index}]", f"guidance[{len(confirmed)}]"
        name = given.text.strip("“”")
        known = ledger.rules.phrases.find(name)
        local = bool(given.source) and (known is None or not known.printable)
        if not name or not _usable(name, known, local, at, ledger):
            continue
        text = name if known is None or local else known.text.value
        if given.checked is None or given.checked < _since(ledger.rules.day):
            _unconfirmed(given, text, at, ledger)
        elif all(phrase.text != text for phrase in confirmed):
            confirmed.append(_phrase(given, text, None if local else known, given.checked, path, at, ledger))
    return tuple(confirmed)


def usual_guidance(profile: Profile, ledger: SourceRecord) -> tuple[Phrase, ...]:
    """The usual phrases in use on the day of the paper, or on the term's first day where it has none."""
    day, known = profile.approval.day or ledger.day, ledger.rules.phrases.all
    day = ledger.day if any(one.day == ledger.day for one in profile.documents) else day
    chosen = [
        one
        for name in USUAL
        for one in known
        if one.id == name
        and one.printable
        and one.from_day <= day
        and (one.until is None or day <= one.until)
    ]
    for index, phrase in enumerate(chosen):
        ledger.ruled(f"usual_guidance[{index}]", phrase)
    return tuple(Phrase(phrase.text.value, phrase.kind) for phrase in chosen)


def _phrase(
    given: Written,
    text: str,
    known: KnownPhrase | None,
    checked: date,
    path: str,
    at: str,
    ledger: SourceRecord,
) -> Phrase:
    ledger.given(path, at)
    ledger.given(f"{path}.checked", f"{at}.checked")
    ledger.given(f"{path}.text", f"{at}.text")
    if known is not None:
        ledger.ruled(f"{path}.text", known, f"{at}.text")
        ledger.ruled(f"{path}.kind", known)
        return Phrase(text, known.kind, checked)
    ledger.given(f"{path}.source", f"{at}.source")
    if given.kind:
        ledger.given(f"{path}.kind", f"{at}.kind")
    else:
        ledger.derived(f"{path}.kind")
    return Phrase(text, given.kind or "policy", checked, given.source)


def _usable(name: str, known: KnownPhrase | None, local: bool, at: str, ledger: SourceRecord) -> bool:
    """Whether it is a phrase of this term; what is wrong, with the wording that is right, goes to the notices."""
    day, phrases = ledger.rules.day, ledger.rules.phrases
    if local and known is None and not any(phrase.missed_by(name) for phrase in phrases.all):
        return True
    if known is None:
        near = phrases.nearest(name, day)
        fix = f"改成“{near.text.value}”" if near else "本地的提法补上“出处”；国家的见 docs/policy.md"
        _tell(at, ledger, "没有这条固定提法", name, fix, "phrase-unknown")
    elif not known.printable and not local:
        fix = "找到正式发布的原文，核对后写上“出处”"
        _tell(at, ledger, "这条提法的原文还没有核实，文件里不印", name, fix, "phrase-unproven", "notice")
    elif known.until is not None and known.until < day:
        later = phrases.successor(known, day)
        fix = f"改成“{later.text.value}”" if later else "删去这一条"
        _tell(at, ledger, f"这条提法用到 {known.until} 为止", known.text.value, fix, "phrase-old")
    elif known.from_day > day:
        message = f"{day} 还没有这条提法（{known.from_day} 起用）"
        _tell(
            at,
            ledger,
            message,
            known.text.value,
            "删去这一条；以后的文件要印，在 documents 里写这份文件的 day（日期）",
            "phrase-early",
        )
    else:
        return True
    return False


def _unconfirmed(given: Written, text: str, at: str, ledger: SourceRecord) -> None:
    when = f"{given.checked} 核对过" if given.checked else "没有写核对日期"
    fix = "对照正式发布的文件核对原文，再把“核对日期”写成核对的那一天"
    message = f"“{text}”本学期还没有核对，文件里不印"
    _tell(at, ledger, message, when, fix, "phrase-unconfirmed", "notice")


def _tell(
    at: str, ledger: SourceRecord, message: str, found: str, fix: str, code: str, severity: Severity = "error"
) -> None:
    problem = Problem(
        message, ledger.place(at), TITLE, found, fix=fix, code=f"facts.{code}", severity=severity
    )
    ledger.notices.append(problem)


def _since(start: date) -> date:
    """The first day on which a confirmation counts: so many months before the term."""
    year, month = divmod(start.year * 12 + start.month - 1 - MONTHS, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
