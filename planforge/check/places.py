"""Names of other places: what is left where a text was taken over from elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from planforge.check.data_files import pattern_of, read_data
from planforge.check.literals import Catalogue, first_come, sought
from planforge.check.passages import Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found

_END = re.compile(r"[省市区县州盟旗](?![域别分间位段情])")
_SHORT_PROVINCE = {"内蒙古自治区": "内蒙古", "广西壮族自治区": "广西", "西藏自治区": "西藏", "宁夏回族自治区": "宁夏",
                   "新疆维吾尔自治区": "新疆", "香港特别行政区": "香港", "澳门特别行政区": "澳门"}  # fmt: skip
_COMMON = frozenset(
    {"新城区", "老城区", "市中区", "城中区", "城关区", "东城区", "西城区", "江南区", "河北区", "中山区"}
)
_BODY = r"(?=教育|教委|教体|市教|省教|区教|县教|各(?:中小)?学|中小学|小学|中学|市|地区)"
_AFTER = r"(?![路街道巷弄门桥湖版江河山话菜剧]|大学|师范|大道|时间|冬奥|条约|精神|会议|共识|合作组织)"
_OFFICIAL = re.compile(r"条例|办法|规定|方案|意见|通知|细则|规范|规程|计划")
_OFFICE = r"(?=教育局|教体局|教科局|教委|文教|政府|教研室|督导)"
_INNOCENT = pattern_of("places.innocent")


@cache
def _known() -> tuple[Mapping[str, tuple[str, ...]], Catalogue[str]]:
    """Every full name with the names above it, and the short names of provinces and cities."""
    above: dict[str, tuple[str, ...]] = {}
    provinces: list[str] = []
    cities: list[str] = []
    for province, lines in read_data("places.yaml")["provinces"].items():
        above.setdefault(province, ())
        provinces.append(_SHORT_PROVINCE.get(province, province.rstrip("省市")))
        for line in lines:
            city, _, districts = line.partition("：")
            if city != "省直辖":
                above.setdefault(city, (province,))
                cities.append(city)
            for district in filter(None, districts.split("、")):
                # A name that several provinces have leads nowhere; it is known all the same.
                above[district] = () if district in above else (city, province)
    stems = sorted({city[:-1] for city in cities if city.endswith("市") and len(city) > 2} - set(provinces))
    short = [(name, _AFTER) for name in provinces] + [(stem, _BODY) for stem in stems]
    return above, Catalogue([(sought(name + after), name) for name, after in short])


@cache
def _signs() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """What each province is called in numbers of documents, and such numbers: 皖教基〔2020〕8号."""
    signs: Mapping[str, str] = read_data("places.yaml")["signs"]
    number = rf"([{''.join(signs)}])(?:教|政|委|府)[\u4e00-\u9fff]{{0,4}}(?=[〔\[（(【]\s*(?:19|20)\d\d)"
    return signs, re.compile(number)


def other_places(passages: Passages, context: Context) -> Iterator[Found]:
    """Places that are neither the school's own nor above it.

    Of a text about which nothing is known, those that are not in its title and belong to another province
    than the one named most.
    """
    named = sorted(_named(passages.text), key=lambda place: place[1])
    if not named:
        return
    above, _ = _known()
    own = context.own_words if context.facts is not None else _probable(passages, named)
    own += " " + " ".join(_higher(own, above, context))
    masked = [span for name in context.school_names for span in _spans(passages.text, name)]
    last = -1
    for name, start, end in named:
        if name in own or any(first <= start and end <= last for first, last in masked):
            continue
        if context.facts is None and any(higher in own for higher in above.get(name, ())):
            continue
        joined, last = start == last, end
        if joined:
            continue
        hit = passages.at(start, end)
        if _INNOCENT.search(hit.sentence) or _in_title(hit.sentence, name):
            continue
        yield Found("text.place", start, end)


def _higher(own: str, above: Mapping[str, tuple[str, ...]], context: Context) -> Iterator[str]:
    """The places above the school's own; where it says in which province it is, not those of a namesake elsewhere."""
    region = context.facts.school.region if context.facts is not None else None
    located = region is not None and (region.province or region.city)
    for name, highers in above.items():
        if name in own and (not located or any(higher in own for higher in highers)):
            yield from highers


def misnamed_home(passages: Passages, context: Context) -> Iterator[Found]:
    """The school's own city or district under another rank: 青石县 where it is 青石区."""
    if context.facts is None:
        return
    region = context.facts.school.region
    yield from _other_rank(passages, region.district)
    for name in (region.district, region.city):
        stem, rank = name[:-1], name[-1:]
        if len(stem) < 2 or rank not in "市区县旗":
            continue
        for match in re.finditer(f"{re.escape(stem)}[市区县旗镇]", passages.text):
            if match[0] not in context.own_words:
                yield Found("text.place", match.start(), match.end(), name, "与所在地区的叫法不同")


def _other_rank(passages: Passages, district: str) -> Iterator[Found]:
    """我县 where the school lies in a district, 我区 where it lies in a county."""
    other = {"区": "县", "县": "区"}.get(district[-1:])
    if other is None:
        return
    pattern = rf"(?:我|本){other}(?![域间别属直])|(?<![\u4e00-\u9fff]){other}{_OFFICE}|(?<=[经由向报按据和与对受])(?:我|本)?{other}{_OFFICE}"
    for match in re.finditer(pattern, passages.text):
        yield Found("text.place", match.start(), match.end(), match[0].replace(other, district[-1:]))


def foreign_numbers(passages: Passages, context: Context) -> Iterator[Found]:
    """Numbers of documents of another province, by its sign, where it is known in which province the school is."""
    province = context.facts.school.region.province if context.facts is not None else ""
    signs, numbered = _signs()
    if not any(province.startswith(name) for name in signs.values()):
        return
    for match in numbered.finditer(passages.text):
        sign = match[1]
        if not province.startswith(signs[sign]) and sign not in context.own_words:
            yield Found("text.place", match.start(), match.end())


def _named(text: str) -> Iterator[tuple[str, int, int]]:
    above, short = _known()
    taken = 0
    for match in _END.finditer(text):
        end = match.end()
        for length in range(12, 2, -1):
            start = end - length
            if start >= taken and text[start:end] in above and text[start:end] not in _COMMON:
                yield text[start:end], start, end
                taken = end
                break
    full = {position for _, first, last in _full(text) for position in range(first, last)}
    here = [match for match, _ in short.matches(text)]
    for match in first_come(here):
        if match.start() not in full:
            yield match[0], match.start(), match.end()


def _full(text: str) -> Iterator[tuple[str, int, int]]:
    above, _ = _known()
    for match in _END.finditer(text):
        for length in range(12, 2, -1):
            name = text[max(0, match.end() - length) : match.end()]
            if name in above:
                yield name, match.end() - len(name), match.end()
                break


def _probable(passages: Passages, named: list[tuple[str, int, int]]) -> str:
    """The places that a plain text is probably at home in: its title's, or else the one named most."""
    above, _ = _known()
    if not passages.passages:
        return ""
    title = passages.passages[0].text
    here = [name for name, start, _ in named if start < len(title)]
    if not here:
        here = [name for name, _ in Counter(name for name, _, _ in named).most_common(1)]
    return " ".join([*here, *(higher for name in here for higher in above.get(name, ()))])


def _spans(text: str, name: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(re.escape(name), text):
        yield match.span()


def _in_title(sentence: str, name: str) -> bool:
    """Whether a name stands in the title of a book or lesson; a foreign authority's document is a leftover."""
    titles = [title for title in re.findall(r"《[^》]*》", sentence) if name in title]
    return bool(titles) and not any(_OFFICIAL.search(title) for title in titles)
