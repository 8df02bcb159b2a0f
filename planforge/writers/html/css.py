"""The look as CSS: one class a style, the page with its numbers, tables and slips."""

from __future__ import annotations

from planforge.document.look import POINTS_PER_MM, STYLE_NAMES, Look, Style, StyleName
from planforge.document.tree import Align
from planforge.writers.fonts import Chosen, Fonts
from planforge.writers.html.spacing import letter_spacing

# LibreOffice and Word set the base line of an exact line pitch at four fifths of its height.
BASELINE = 0.8
_ALIGNMENTS: dict[Align, str] = {"left": "left", "centre": "center", "right": "right", "justify": "justify"}
_SLACK = 0.02  # points; so that a page full to the last line is not found too low by a rounding


def points(value: float) -> str:
    """A length in points, short and never in exponents."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return ("0" if text in ("", "-0") else text) + ("pt" if text not in ("0", "-0", "") else "")


def family(font: Chosen) -> str:
    """The declarations that choose one font and nothing else."""
    name = font.family.replace("\\", "").replace('"', "")
    return f'font-family:"{name}";font-weight:{700 if font.bold else 400}'


def font_classes(fonts: Fonts) -> dict[Chosen, str]:
    """The class of every font, for characters that are set in another than their style's."""
    return {font: f"f{number}" for number, font in enumerate(fonts.all())}


def baseline_shift(style: Style, fonts: Fonts) -> float:
    """How far a line's text is raised from where CSS sets it, in points, to stand where Word sets it."""
    ascent, descent = fonts.roles[style.font].face.extent()
    css = (style.pitch + (ascent - descent) * style.size) / 2
    return css - BASELINE * style.pitch


def stylesheet(look: Look, fonts: Fonts, own_lines: bool) -> str:
    """The style sheet of a look. own_lines: lines come broken, and are only stacked."""
    rules = [_PLAIN, _page(look, fonts), _tables(look), _red_head(look)]
    rules += [_style(name, look.styles[name], fonts) for name in STYLE_NAMES]
    rules += [
        f"p.to-{name},td.to-{name},th.to-{name}{{text-align:{css}}}" for name, css in _ALIGNMENTS.items()
    ]
    rules += [f".{name}{{{family(font)};line-height:0}}" for font, name in font_classes(fonts).items()]
    if own_lines:
        rules += ["p,h1,h2,h3,h4,h5,caption,td,th{white-space:pre}"]
        rules += [_line(name, look.styles[name], fonts) for name in STYLE_NAMES]
    else:
        page = look.page
        margins = f"{page.top_mm}mm {page.right_mm}mm {page.bottom_mm}mm {page.left_mm}mm"
        rules.append(
            f"@media screen{{html{{background:#ddd}}body{{box-sizing:border-box;max-width:{page.width_mm}mm;"
            f"margin:1em auto;padding:{margins};background:#fff}}}}"
        )
    return "\n".join(rules)


def _style(name: StyleName, style: Style, fonts: Fonts) -> str:
    size = style.size
    parts = [
        family(fonts.roles[style.font].__class__(
            fonts.roles[style.font].family, fonts.roles[style.font].bold or style.bold, fonts.roles[style.font].face
        )),
        f"font-size:{points(size)}",
        f"line-height:{points(style.pitch)}",
        f"letter-spacing:{points(letter_spacing(style.spacing, size)) if style.spacing else 'normal'}",
        f"text-align:{_ALIGNMENTS[style.align]}",
        *([f"color:#{style.colour}"] if style.colour else []),
        f"text-indent:{points((style.first - style.hang) * size)}",
        f"margin:{points(style.before)} {points(style.right * size)} {points(style.after)} "
        f"{points((style.left + style.hang) * size)}",
    ]  # fmt: skip
    if style.keep_next:
        parts.append("break-after:avoid")
    if style.keep_lines:
        parts.append("break-inside:avoid")
    return f".{name}{{{';'.join(parts)}}}"


def _line(name: StyleName, style: Style, fonts: Fonts) -> str:
    """A line made by us. At its end no letter spacing is left over, which would move a line set right or centred."""
    parts = [f"vertical-align:{points(baseline_shift(style, fonts))}"]
    if style.spacing and style.align in ("right", "centre"):
        parts.append(f"margin-right:{points(-letter_spacing(style.spacing, style.size))}")
    return f".{name}>.l{{{';'.join(parts)}}}"


def _spare(look: Look) -> float:
    """What the type area is higher than its lines, on each side: they stand in its middle, as in Word."""
    return (look.page.text_height - look.page.lines * look.page.pitch) / 2


def _page(look: Look, fonts: Fonts) -> str:
    page, number = look.page, look.page_number
    style = look.styles["page_number"]
    spare = _spare(look)
    top, bottom = page.top_mm * POINTS_PER_MM + spare, page.bottom_mm * POINTS_PER_MM + spare - _SLACK
    below = number.below_mm * POINTS_PER_MM - spare + _SLACK
    sheet = (
        f"@page{{size:{page.width_mm}mm {page.height_mm}mm;"
        f"margin:{points(top)} {page.right_mm}mm {points(bottom)} {page.left_mm}mm}}"
    )
    if not number.pattern:
        return sheet
    before, after = (f'"{part}"' for part in number.pattern.split("{page}"))
    text = (
        f"content:{before} counter(page) {after};{family(fonts.roles[style.font])};font-size:{points(style.size)};"
        f"line-height:{points(style.pitch)};vertical-align:top;padding-top:{points(below)};white-space:pre"
    )
    indent = points(number.indent * style.size)
    if number.sides == "centre":
        return f"{sheet}\n@page{{@bottom-center{{{text}}}}}"
    return (
        f"{sheet}\n@page :right{{@bottom-right{{{text};text-align:right;margin-right:{indent}}}}}"
        f"\n@page :left{{@bottom-left{{{text};text-align:left;margin-left:{indent}}}}}"
    )


def _tables(look: Look) -> str:
    tables = look.tables
    return (
        f"table.ruled{{margin:{points(tables.before)} 0 {points(tables.after)}}}\n"
        ".caption+table.ruled{margin-top:0}\n"
        f".figure{{margin-top:{points(tables.before)};break-inside:avoid}}\n"
        ".figure>svg{display:block}\n"
        ".figure>.caption{break-after:auto}\n"
        f".table-gap{{height:{points(tables.before + tables.after)};margin-top:{points(-tables.after)}}}\n"
        ".table-gap+table.ruled{margin-top:0}\n"
        f".ruled td,.ruled th{{border:{points(tables.rule)} solid #000;"
        f"padding:{points(tables.padding_y)} {points(tables.padding_x - tables.rule / 2)}}}"
    )


def _red_head(look: Look) -> str:
    """The red line, and the imprint at the foot of its page."""
    red = look.red_head
    if red is None:
        return ""
    colour = f"#{red.colour}" if red.colour else "#000"
    edge = points(red.edge * look.styles["imprint"].size)
    return (
        f".document_number{{border-bottom:{points(red.rule)} solid {colour};padding-bottom:{points(red.gap)}}}\n"
        ".imprint-room{break-inside:avoid}\n"
        f".imprint-foot{{position:absolute;bottom:{points(_SLACK - _spare(look))};left:0;right:0;table-layout:auto;"
        f"border-top:{points(red.outer_rule)} solid #000;border-bottom:{points(red.outer_rule)} solid #000}}\n"
        f".imprint-foot td{{padding:0 {edge}}}\n"
        f".imprint-foot tr+tr td{{border-top:{points(red.inner_rule)} solid #000}}"
    )


_PLAIN = """\
body{margin:0;color:#000;font-kerning:none;orphans:2;widows:2}
h1,h2,h3,h4,h5,p{margin:0;font-weight:normal}
strong{font-weight:inherit}
h1,h2,h3,h4,h5{bookmark-level:none}
[data-outline]{bookmark-label:attr(data-outline)}
[data-level="1"]{bookmark-level:1}
[data-level="2"]{bookmark-level:2}
[data-level="3"]{bookmark-level:3}
[data-level="4"]{bookmark-level:4}
.appendix h2{bookmark-level:2}
.appendix h3{bookmark-level:3}
.appendix h4{bookmark-level:4}
.appendix h5{bookmark-level:5}
.l,.l *{line-height:0}
table{border-collapse:collapse;border-spacing:0;table-layout:fixed;width:100%}
td,th{padding:0;vertical-align:middle;font-weight:normal}
thead{display:table-header-group}
tr{break-inside:avoid}
.b{text-decoration:underline}
.signatures,.slip,.closing-lines{break-inside:avoid}
[data-kept]{break-inside:avoid;break-after:avoid}
.signatures,.slip,.closing-lines{break-before:avoid}
.signatures+.signatures{break-before:auto}
.slip>.slip_title{border-top:.75pt dashed #000;padding-top:1.06pt}
.appendix{break-before:page}"""
