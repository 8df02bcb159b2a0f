"""Names that say how many members they have (六严, 五控两调整, 以下四条), held against the members listed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforge.check.data_files import pattern_of
from planforge.check.numerals import CIRCLED, number
from planforge.check.passages import Passage, Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found
from planforge.check.typed_numbering import label

_N = "一二两三四五六七八九十"
_NAMED = pattern_of("counted.named")
_ANNOUNCED = pattern_of("counted.announced")
_QUOTED = re.compile(
    rf"[“‘](?P<n>[{_N}])(?:个一|[\u4e00-\u9fff]{{1,3}})[”’](?:活动|工程|行动|要求|措施|制度|做法)?(?:如下)?[。：:]$"
)
_HEADING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、.．])?\s*(?:以([德智体美劳])[^。，；\n]{2,10}|([德智体美劳])(?:动教)?育)$",
    re.MULTILINE,
)
_ORDER = re.compile(rf"(?:^|[：:。；;，,、”“\s])(?:第)?([{_N}])(?:是|要|、|，|(?=[\u4e00-\u9fff]))")
_PHRASE = re.compile(
    rf"(?P<n>[{_N}])(?P<per>)(?:项|条|点|大)(?P<word>要求|措施|规定|内容|任务|举措|做法|意见|原则|制度)(?P<is>[:：])"
)
_JOINED = pattern_of("counted.joined")
"""Two counted names in one: 三有三必, 一中心两平台."""
_NOUN = "环节|方面|要素|关系|转变|问题|步骤|原则|重点|关键|维度|层次|抓手|习惯|坚持|到位|结合|统一|意识|能力|途径|阶段|机制|平台|管理|措施|严禁|不准"
_PLAIN_LIST = pattern_of("counted.plain_list")
_QUOTED_LIST = pattern_of("counted.quoted_list")
"""“三个关键点”，即精备、精讲、精练: what is counted may be any word, where it is quoted."""
_QUOTED_WORD = re.compile(
    rf"(?P<n>[{_N}])个[“‘](?P<word>[\u4e00-\u9fff]{{1,3}})[”’](?:[:：]|即[:：]?)(?P<list>[^。；\n]+)"
)
"""六个“不”：不抢课、不拖堂."""
_OPEN = re.compile(r"等$|等等|如|例如|比如|其中|包括")
_SETS = (
    ("五育", re.compile(r"五育"), re.compile(r"[德智体美劳](?:育|动教育)"), 5),
    ("五育", re.compile(r"五育"), re.compile(r"以[德智体美劳]"), 5),
    ("五项管理", re.compile(r"五项管理"), re.compile(r"作业|睡眠|手机|读物|体质"), 5),
)
"""Names whose members everybody knows, and how a member looks where they are listed."""
_LISTS = tuple(
    re.compile(pattern.pattern, re.MULTILINE)
    for pattern in (_NAMED, _PHRASE, _JOINED, _PLAIN_LIST, _QUOTED_LIST, _QUOTED_WORD)
)
"""The same, sought in a whole text at once."""
_TITLED = pattern_of("counted.titled")
_SUMMED = re.compile(
    rf"以上([{_N}]{{1,3}}|\d{{1,2}})(?:项|条|点)(?![\u4e00-\u9fff]*[一二三四五六七八九十\d])"
)
_NOT_NAMES = frozenset("年月日时点天周级班次人名节课分秒元期届学")


def sections_of_five(passages: Passages, context: Context) -> Iterator[Found]:
    """五育 over sections of which one is missing."""
    named = passages.text.find("五育")
    present = {match[1] or match[2] for match in _HEADING.finditer(passages.text)} if named >= 0 else set()
    if 3 <= len(present) < 5:
        lacking = "、".join(sign for sign in "德智体美劳" if sign not in present)
        yield Found("text.counted-name", named, named + 2, "", f"写了“五育”，分述里没有{lacking}")


def counted_names(passages: Passages, context: Context) -> Iterator[Found]:
    """Names whose number is not that of the members that follow in the same passage or list."""
    named = {
        passages.passage(match.start()).start
        for pattern in _LISTS
        for match in pattern.finditer(passages.text)
    }
    named |= {begin for begin, _ in passages.where(name for name, *_ in _SETS)}
    for here, passage in enumerate(passages.passages):
        yield from _announced(passages, here)
        if passage.start not in named:
            continue
        joined = [match for match in _JOINED.finditer(passage.text) if match["word"] not in _NOT_NAMES]
        for match in joined:
            yield from _joined(passage, match)
        taken = {match.end() for match in joined}
        for match in (*_NAMED.finditer(passage.text), *_PHRASE.finditer(passage.text)):
            if match["word"][0] in _NOT_NAMES or match.end() in taken:
                continue
            stated = int(number(match["n"]))
            rest = re.split(r"[。\n]", passage.text[match.end() :], maxsplit=1)[0]
            listed = _members(match, rest)
            if stated > 1 and listed is not None and listed != stated:
                start = passage.start + match.start()
                message = f"名称里是{stated}，列出的是{listed}"
                yield Found("text.counted-name", start, passage.start + match.start("is"), "", message)
        yield from _known_sets(passage)


def titled_counts(passages: Passages, context: Context) -> Iterator[Found]:
    """减负十项规定 over eight of them; 以上八条 under six."""
    if not passages.passages:
        return
    title, *rest = passages.passages
    titled = _TITLED.search(title.text) if title.role == "title" else None
    counts: list[int] = []  # of the outermost numbers that run from one: how many
    style = None
    for passage in rest:
        numbered = label(passage) if passage.role in ("plain", "title", "body") else None
        if numbered is not None and (style is None or numbered[0] == style):
            style = numbered[0]
            if numbered[1] == 1:
                counts.append(1)
            elif counts and numbered[1] == counts[-1] + 1:
                counts[-1] += 1
            else:
                return
        summed = _SUMMED.match(passage.text)
        if summed and counts and counts[-1] > 1 and number(summed[1]) != counts[-1]:
            message = f"这里说{number(summed[1]):g}，前面列了{counts[-1]}"
            yield Found("text.counted-name", passage.start, passage.start + summed.end(), "", message)
    if titled and len(counts) == 1 and counts[0] > 2 and number(titled[1]) != counts[0]:
        message = f"标题说{number(titled[1]):g}，下面列了{counts[0]}"
        start = title.start + titled.start()
        yield Found("text.counted-name", start, title.start + titled.end(), "", message)


def _announced(passages: Passages, here: int) -> Iterator[Found]:
    """做好以下四项工作： over a list of another length."""
    passage = passages.passages[here]
    if not passage.members and passage.role not in ("plain", "title"):
        return
    announced = _ANNOUNCED.search(passage.text) or _QUOTED.search(passage.text)
    if announced is None:
        return
    members = passage.members or _following(passages, here)
    stated = int(number(announced["n"]))
    if members and stated != members:
        start = passage.start + announced.start("n")
        message = f"前面说{stated}，后面列了{members}"
        yield Found("text.counted-name", start, passage.start + announced.end("n"), "", message)


def _joined(passage: Passage, match: re.Match[str]) -> Iterator[Found]:
    """三有三必 over members: those that have each word, or all of them where none has."""
    rest = re.split(r"[。\n]", passage.text[match.end() :], maxsplit=1)[0]
    parts = [part for part in re.split(r"[；;，,、]", rest) if part.strip()]
    start, end = passage.start + match.start(), passage.start + match.end()
    named = [(int(number(match[n])), match[word]) for n, word in (("n", "word"), ("m", "other"))]
    held = [sum(word in part for part in parts) for _, word in named]
    if any(held):
        wrong = [
            (stated, word, count)
            for (stated, word), count in zip(named, held, strict=True)
            if count > 1 and stated != count
        ]
        if wrong:
            stated, word, count = wrong[0]
            yield Found("text.counted-name", start, end, "", f"名称里“{word}”是{stated}，列出的是{count}")
    elif len(parts) > 1 and "、" in rest and not re.search(r"[，,；;]", rest):
        total = sum(stated for stated, _ in named)
        if len(parts) != total:
            yield Found("text.counted-name", start, end, "", f"名称里共{total}，列出的是{len(parts)}")


def _known_sets(passage: Passage) -> Iterator[Found]:
    """四个环节：备课、上课、批改。 And sets of which everybody knows how many they are."""
    for match in _QUOTED_WORD.finditer(passage.text):
        stated = int(number(match["n"]))
        having = sum(match["word"] in part for part in re.split(r"[、，,]", match["list"]))
        if having > 1 and having != stated:
            message = f"名称里是{stated}，列出的是{having}"
            start = passage.start + match.start()
            yield Found("text.counted-name", start, passage.start + match.start("list"), "", message)
    lists = {match.start("list"): match for match in _QUOTED_LIST.finditer(passage.text)}
    lists |= {match.start("list"): match for match in _PLAIN_LIST.finditer(passage.text)}
    for match in lists.values():
        if re.search(rf"[{_N}][\u4e00-\u9fff]{{1,2}}、?$", passage.text[: match.start()]):
            continue  # 一中心两平台: the list is of both
        stated, listed = int(number(match["n"])), match["list"].split("、")
        if stated > 1 and stated != len(listed) and not _OPEN.search(match["list"]):
            start = passage.start + match.start()
            message = f"名称里是{stated}，列出的是{len(listed)}"
            yield Found("text.counted-name", start, passage.start + match.end(), "", message)
    for name, pattern, member, size in _SETS:
        for match in pattern.finditer(passage.text) if name in passage.text else ():
            rest = re.split(r"[。；;]", passage.text[match.end() :], maxsplit=1)[0]
            present = set(member.findall(rest))
            if 3 <= len(present) < size and "、" in rest and not _OPEN.search(rest):
                start = passage.start + match.start()
                message = f"“{name}”有{size}项，列出的是{len(present)}项"
                yield Found("text.counted-name", start, passage.start + match.end(), "", message)


def _following(passages: Passages, here: int) -> int:
    """How many numbered lines of a plain text follow one that announces them; 0 where they do not begin at one."""
    count, style = 0, None
    for passage in passages.passages[here + 1 :]:
        numbered = label(passage)
        if numbered is None:
            if count and len(passage.text) < 20:
                break  # the next heading
            continue
        if style is None:
            if numbered[1] != 1:
                return 0
            style = numbered[0]
        if numbered[0] == style:
            if numbered[1] <= count:
                break
            count += 1
        elif numbered[0] < style:
            break
    return count if count > 1 else 0


def _members(match: re.Match[str], rest: str) -> int | None:
    """How many members a passage lists after a name; None where that cannot be told."""
    ordinal = _ordered(rest)
    if ordinal is not None:
        return ordinal
    for sign in (CIRCLED,):
        marks = [mark for mark in rest if mark in sign]
        if len(marks) > 1:
            return len(marks)
    numbered = re.findall(r"[（(]?\d{1,2}[）).、．](?!\d)", rest)
    if len(numbered) > 1:
        return len(numbered)
    # 六严: each member has the word. 四个一: each member has 一.
    begins = "一" if match["per"] and match["word"] == "一" else match["word"]
    parts = [part for part in re.split(r"[；;，,、]", rest) if part.strip()]
    own = [part for part in parts if begins in part]
    if len(own) > 1:
        return len(own)
    quoted = re.findall(r"“[^”]{1,12}”", rest)
    if len(quoted) > 1 and re.fullmatch(r"(?:“[^”]{1,12}”[、，和及]?)+.{0,6}", rest):
        return len(quoted)
    return None


def _ordered(rest: str) -> int | None:
    """Members counted by 一…二…三…, where they run from one without a gap."""
    values = [int(number(sign)) for sign in _ORDER.findall(rest)]
    count = 0
    for value in values:
        if value == count + 1:
            count = value
    return count if count > 1 else None
