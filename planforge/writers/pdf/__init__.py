"""The tree as PDF: HTML with its lines already broken, laid out on pages by WeasyPrint."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from planforge.core.problems import MissingPart
from planforge.core.processes import copy_only_if
from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.writers.fonts import Fonts, choose, require_characters
from planforge.writers.html import body_of, page
from planforge.writers.html.css import stylesheet
from planforge.writers.pdf.weasyprint_adapter.loading import (
    LAYOUT_LOCK,
    fetched,
    font_configuration,
    has_fonts_open,
    imported_elsewhere,
    loaded,
)
from planforge.writers.pdf.weasyprint_adapter.table_headers import repeatable

if TYPE_CHECKING:
    from planforge.writers.pdf.letterhead import Sheet

_TAGGED = {"pdf_tags": True}
_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


def _by_one_thread(work: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    @wraps(work)
    def alone(*given: _Given.args, **named: _Given.kwargs) -> _Made:
        with LAYOUT_LOCK:
            return work(*given, **named)

    return alone


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A document on its pages, not yet written. pages: WeasyPrint's Document; identifier: of what it says."""

    pages: Any
    identifier: bytes


def write(document: Document, look: Look, fonts: Fonts | None = None) -> bytes:
    """A document as a tagged PDF; the same input gives the same bytes.

    Args:
        document: What is printed.
        look: How it is set, and what the school's own paper has above and below the text.
        fonts: Those of the look; by default they are chosen among those installed.

    Returns:
        The bytes of the file.

    Raises:
        MissingPart: Where WeasyPrint, Pango, the fonts of a role, or a font for one of the document's characters is
            not there; the last are all named.
    """
    fonts = choose(look) if fonts is None else fonts
    require_characters(document, look, fonts)
    return write_out(lay_out(document, look, fonts))


@_by_one_thread
def lay_out(document: Document, look: Look, fonts: Fonts) -> LaidOut:
    """The first half of `write`: a document on the pages that it will have.

    Args:
        document: What is printed; that its characters have fonts is not checked here.
        look: How it is set.
        fonts: Those of the look.

    Returns:
        The pages, for `write_out`.

    Raises:
        MissingPart: Where WeasyPrint or Pango is not there.
    """
    html, words, css = _page_and_style(document, look, fonts)
    pages = html.render(stylesheets=css, font_config=font_configuration(), **_TAGGED)
    return LaidOut(pages, hashlib.sha256(words.encode()).digest()[:16])


@_by_one_thread
def write_out(laid_out: LaidOut) -> bytes:
    """The second half of `write`: the bytes of a document that is on its pages.

    Args:
        laid_out: What `lay_out` returned, in the same process.

    Returns:
        The bytes of the file.
    """
    data: bytes = laid_out.pages.write_pdf(
        pdf_identifier=laid_out.identifier, finisher=repeatable(), **_TAGGED
    )
    return data


@_by_one_thread
def layout(
    document: Document,
    look: Look,
    fonts: Fonts,
    style: str = "",
    end: str = "",
    change: Callable[[str], str] = str,
) -> Any:
    """A document laid out on pages without being written.

    Args:
        document: What is laid out.
        look: How it is set.
        fonts: Those of the look.
        style: Further CSS.
        end: Further HTML behind the document, for measuring.
        change: Makes the HTML that is laid out from that of the document's body.

    Returns:
        WeasyPrint's Document.

    Raises:
        MissingPart: Where WeasyPrint or Pango is not there.
    """
    html, _, css = _page_and_style(document, look, fonts, end, change=change)
    styles = [*css, _css(style)] if style else css
    return html.render(stylesheets=styles, font_config=font_configuration())


@_by_one_thread
def layout_body(body: str, document: Document, look: Look, fonts: Fonts, style: str = "") -> Any:
    """HTML of a look's blocks laid out as if it were a document's: paragraphs to be measured or taken over.

    Args:
        body: The HTML of the blocks.
        document: Gives the page its title and other properties.
        look: How the blocks are set.
        fonts: Those of the look.
        style: Further CSS.

    Returns:
        WeasyPrint's Document.

    Raises:
        MissingPart: Where WeasyPrint or Pango is not there.
    """
    html = _weasyprint().HTML(string=page(document, body, ""), url_fetcher=_refuse)
    styles = [_css(stylesheet(look, fonts, own_lines=True)), _css(style)]
    return html.render(stylesheets=styles, font_config=font_configuration())


def _page_and_style(
    document: Document,
    look: Look,
    fonts: Fonts,
    end: str = "",
    change: Callable[[str], str] = str,
) -> tuple[Any, str, list[Any]]:
    """A document as WeasyPrint takes it: the page, the HTML of what it says, the style sheets."""
    margins = _margins(look, fonts)
    body = change(body_of(document, look, fonts, own_lines=True))
    weasyprint = _weasyprint()
    css = [_css(stylesheet(look, fonts, own_lines=True))]
    if margins is None:
        return weasyprint.HTML(string=page(document, body + end, ""), url_fetcher=_refuse), body, css
    whole = page(document, margins.html + body + end, "")
    css += [_css(margins.css)] if margins.css else []
    return weasyprint.HTML(string=whole, url_fetcher=_serving(margins.pictures)), body + margins.html, css


def _margins(look: Look, fonts: Fonts) -> Sheet | None:
    """What stands above and below the text on the school's own paper."""
    if look.letterhead is None:
        return None
    from planforge.writers.pdf.letterhead import sheet

    return sheet(look.letterhead, look, fonts)


def load() -> None:
    """Load what a PDF takes, without laying anything out.

    Raises:
        MissingPart: Where WeasyPrint or Pango is not there; its text says how to install it.
    """
    _weasyprint()


def has_laid_out() -> bool:
    """Whether this process has fonts open as a layout needs them, which a copy of it could not go on using."""
    return has_fonts_open() or imported_elsewhere()


copy_only_if(lambda: not has_laid_out())


def _weasyprint() -> Any:
    """WeasyPrint, loaded when a PDF is first wanted: it takes a second, and Word needs none of it."""
    try:
        return loaded()
    except ImportError as error:
        raise MissingPart(
            f"生成 PDF 需要 WeasyPrint，这台机器上没有装（{error}）。Word 文件不受影响。"
        ) from error
    except OSError as error:
        raise MissingPart(
            "生成 PDF 需要 Pango，这台机器上没有装。Debian、Ubuntu：apt install libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0；macOS：brew install pango；Windows：安装 MSYS2 后 pacman -S "
            f"mingw-w64-x86_64-pango。Word 文件不受影响。（{error}）"
        ) from error


@lru_cache(maxsize=32)
def _css(text: str) -> Any:
    return _weasyprint().CSS(string=text, font_config=font_configuration(), url_fetcher=_refuse)


def _serving(pictures: Mapping[str, tuple[bytes, str]]) -> Callable[..., Any]:
    """A fetcher that knows the pictures of a document, and nothing else."""
    if not pictures:
        return _refuse

    def fetch(url: str, *_: object, **__: object) -> Any:
        if url not in pictures:
            return _refuse(url)
        data, kind = pictures[url]
        return fetched(url, data, kind)

    return fetch


def _refuse(url: str, *_: object, **__: object) -> Any:
    """A document brings all it needs; nothing is fetched from anywhere."""
    raise ValueError(f"not fetched: {url}")
