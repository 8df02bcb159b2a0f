"""Where a printed sentence comes from: the template, clause, framework or card, with file and line.

A printed sentence is template words with facts between them. So not the sentence is sought, but the words that each
line of a template prints whatever the facts are; what stands between them in the sentence may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from operator import add
from pathlib import Path

from planforge.core.problems import Place

_LEAST = 3
"""Characters in a row from which on two texts are taken to have words in common."""
_SHARE = 0.3
"""Part of a sentence that a template's words must cover at least: the rest may be facts."""
_NEAR = 0.85
"""Part of the best file's share from which on another one is named too."""
_MOST = 5
_CODE = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|<[^<>]*>", re.DOTALL)
_STRING = re.compile(r"\"([^\"\n]*[\u3400-\u9fff][^\"\n]*)\"|'([^'\n]*[\u3400-\u9fff][^'\n]*)'")
_YAML_KEY = re.compile(r"^[ -]*[A-Za-z_]\w*:|#.*$", re.MULTILINE)
_GAP = "\0"


@dataclass(frozen=True, slots=True)
class SentenceSource:
    """A template that prints words of a sentence. what: Chinese, what kind of file it is; share: of the sentence.

    lines: the numbers of those that do and what stands in each, the one that says most first.
    """

    path: Path
    what: str
    share: float
    lines: tuple[tuple[int, str], ...]

    @property
    def place(self) -> Place:
        """The line that says most of the sentence."""
        return Place(str(self.path), self.lines[0][0])


def find_sentence(sentence: str, search: Sequence[Path]) -> tuple[SentenceSource, ...]:
    """The templates that print a sentence, the likeliest first.

    Args:
        sentence: as it is printed, or a part of it; values of the form in it, and white space, do not matter.
        search: the folders of templates, those that go first first; of two files with one name the first counts.
    """
    wanted = "".join(sentence.split())
    pairs = set(map(add, wanted, wanted[1:]))
    sources = []
    for name, path in _files(search):
        source = _source(name, path, wanted, pairs)
        if source is not None:
            sources.append(source)
    sources.sort(key=lambda source: (-source.share, str(source.path)))
    best = sources[0].share if sources else 0.0
    return tuple(source for source in sources if source.share >= best * _NEAR)[:_MOST]


def _files(search: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    seen: set[str] = set()
    for root in search:
        for path in sorted([*root.glob("**/*.xml.j2"), *root.glob("*/*.yaml")]):
            name = path.relative_to(root).as_posix()
            if name not in seen:
                seen.add(name)
                yield name, path


def _source(name: str, path: Path, wanted: str, pairs: set[str]) -> SentenceSource | None:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    covered: set[int] = set()
    shares: list[tuple[int, int]] = []
    for number, words in enumerate(_printed(text, yaml=name.endswith(".yaml")), 1):
        if not pairs.isdisjoint(map(add, words, words[1:])):
            here = set(_common(words, wanted))
            covered |= here
            shares.append((-len(here), number))
    share = len(covered) / max(1, len(wanted))
    if len(covered) < min(_LEAST, len(wanted)) or share < _SHARE:
        return None
    lines = text.splitlines()
    quoted = tuple((number, lines[number - 1].strip()) for size, number in sorted(shares) if size)
    return SentenceSource(path, _what(name), share, quoted)


def _printed(text: str, *, yaml: bool) -> list[str]:
    """Line by line, what a template prints whatever the facts are."""

    def words(code: re.Match[str]) -> str:
        strings = [] if code[0].startswith("{#") else [_GAP.join(match) for match in _STRING.findall(code[0])]
        return _GAP + _GAP.join(strings) + _GAP + "\n" * code[0].count("\n")

    bare = _CODE.sub(words, _YAML_KEY.sub(_GAP, text) if yaml else text)
    return ["".join(line.split()) for line in bare.split("\n")]


def _common(words: str, wanted: str) -> Iterator[int]:
    """Positions of the sentence that stand in the words, in runs that are long enough."""
    least = min(_LEAST, len(wanted))
    for block in SequenceMatcher(None, words, wanted, autojunk=False).get_matching_blocks():
        if block.size >= least:
            yield from range(block.b, block.b + block.size)


def _what(name: str) -> str:
    folder, _, rest = name.partition("/")
    stem = rest.removesuffix(".xml.j2").removesuffix(".yaml")
    if folder == "clauses" and "/" in rest:
        return f"条文 {stem.replace('/', '.')}"
    if folder == "clauses":
        return f"条文共用的写法 {stem}"
    if folder == "frameworks":
        return f"框架 {stem}"
    if folder == "styles":
        return f"版式 {stem}"
    return f"文种 {folder} 的说明" if stem == "card" else f"文种 {folder} 的 {stem} 一节"
