"""Marks each tag of a template with the line it stands on, and takes layout whitespace away.

Works on the token stream before parsing, so that whatever is wrong with the markup that comes out can be
shown where it was written, through macros, includes and loops.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jinja2 import TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

MARK = "_at"
"""The attribute of a start tag, and the processing instruction before an end tag, that carries the place."""

ATTRIBUTE = "_attribute"
"""The filter that prints a value inside a tag, where it cannot become an element."""

_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_LAYOUT = re.compile(r"[ \t]*\n\s*")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});")
_ATTRIBUTE = re.compile(r"([\w.-]+)\s*=\s*(?:\"[^\"]*|'[^']*)$")
_SPACE = " \t\n"
_STOP = re.compile(r"[<&{}｛｝]")
_GENERATED = frozenset({"fact", "field"})


class Marks(Extension):
    """The Jinja extension that filters the token stream."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Mark the tags of template data, and print values inside tags as attribute text."""
        return _Marker(stream).tokens()


class _Marker:
    """Reads template data as markup, through the expressions and blocks that interrupt it."""

    def __init__(self, stream: TokenStream) -> None:
        self.stream = stream
        self.name, self.filename = stream.name or "", stream.filename
        self.quote = ""
        self.state = "text"  # text, tag (between < and >), comment
        self.open_name = False  # the data ended in the middle of a tag's name
        self.written = ""  # the tag so far

    def fail(self, message: str, line: int) -> None:
        raise TemplateSyntaxError(message, line, self.name, self.filename)

    def tokens(self) -> Iterator[Token]:
        in_tag = False
        for token in self.stream:
            if token.type == "data":
                value = self.data(token.value, token.lineno)
                if value:
                    yield Token(token.lineno, "data", value)
            elif token.type == "variable_begin":
                if self.open_name:
                    self.fail("元素名要写全，不能用 {{ }} 拼", token.lineno)
                in_tag = self.state == "tag"
                yield token
                if in_tag:
                    yield Token(token.lineno, "lparen", "(")
            elif token.type == "variable_end":
                if in_tag:
                    yield Token(token.lineno, "rparen", ")")
                    yield Token(token.lineno, "pipe", "|")
                    yield Token(token.lineno, "name", ATTRIBUTE)
                    yield Token(token.lineno, "lparen", "(")
                    yield Token(token.lineno, "string", self.attribute())
                    yield Token(token.lineno, "rparen", ")")
                in_tag = False
                yield token
            else:
                yield token

    def attribute(self) -> str:
        """The name of the attribute that the tag is in the middle of."""
        inside = _ATTRIBUTE.search(self.written)
        return inside.group(1) if inside else ""

    def data(self, text: str, line: int) -> str:
        if self.state == "text":
            line += text.count("\n") - text.lstrip(_SPACE).count("\n")
            text = text.lstrip(_SPACE)
        out: list[str] = []
        position = 0
        while position < len(text):
            here = line + text.count("\n", 0, position)
            read = {"text": self.text, "tag": self.tag, "comment": self.comment}[self.state]
            piece, position = read(text, position, here)
            out.append(piece)
        written = "".join(out)
        return written.rstrip(_SPACE) if self.state == "text" else written

    def text(self, text: str, start: int, line: int) -> tuple[str, int]:
        self.open_name = False
        stop = _STOP.search(text, start)
        end = stop.start() if stop else len(text)
        words = _LAYOUT.sub("", text[start:end])
        if stop is None:
            return words, end
        here = line + text.count("\n", start, end)
        if text[end] in "{}｛｝":
            self.fail(f"文字里有花括号 {text[end]}：写出事实要用两个半角花括号 {{{{ … }}}}", here)
        if text[end] == "&":
            entity = _ENTITY.match(text, end)
            if entity is None:
                self.fail("文字里的 & 要写成 &amp;", here)
                raise AssertionError
            return words + entity.group(), entity.end()
        if text.startswith("<!--", end):
            self.state = "comment"
            return words, end + 4
        closing = text.startswith("</", end)
        name = _NAME.match(text, end + (2 if closing else 1))
        if name is None:
            self.fail("文字里的 < 要写成 &lt;", here)
            raise AssertionError
        if name.group() in _GENERATED:
            self.fail(f"<{name.group()}> 由 {{{{ … }}}} 自动生成，模板里不手写", here)
        self.state, self.quote, self.written = "tag", "", ""
        self.open_name = name.end() == len(text)
        place = f"{self.name}:{here}"
        if closing:
            return f"{words}<?{MARK} {place}?></{name.group()}", name.end()
        return f'{words}<{name.group()} {MARK}="{place}"', name.end()

    def tag(self, text: str, start: int, line: int) -> tuple[str, int]:
        self.open_name = False
        for position in range(start, len(text)):
            letter = text[position]
            if self.quote:
                if letter == self.quote:
                    self.quote = ""
            elif letter in "\"'":
                self.quote = letter
            elif letter == ">":
                self.state = "text"
                return _LAYOUT.sub(" ", text[start:position]) + ">", position + 1
        self.written += text[start:]
        return _LAYOUT.sub(" ", text[start:]), len(text)

    def comment(self, text: str, start: int, line: int) -> tuple[str, int]:
        end = text.find("-->", start)
        if end < 0:
            return "", len(text)
        self.state = "text"
        return "", end + 3
