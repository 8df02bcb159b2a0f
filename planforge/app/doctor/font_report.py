"""Which font prints each role of a look in the PDF: the real one, a stand-in, or none."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from planforge.app.doctor.diagnosis import Diagnosis, apt, on_this_system
from planforge.core import resources
from planforge.document.look import Font, Look, read_look

_TITLES = {
    "xiaobiaosong": "标题（小标宋）",
    "fangsong": "正文（仿宋）",
    "kaiti": "二级标题（楷体）",
    "heiti": "一级标题（黑体）",
    "songti": "页码（宋体）",
    "latin": "数字和字母",
}
_OTHER_NAMES = {"FZXiaoBiaoSong-B05S": "方正小标宋简体"}
_PACKAGES = {
    "Noto Serif CJK SC": "fonts-noto-cjk",
    "Noto Sans CJK SC": "fonts-noto-cjk",
    "AR PL UKai CN": "fonts-arphic-ukai",
    "LXGW WenKai": "fonts-lxgw-wenkai",
    "Liberation Serif": "fonts-liberation2",
}


def fonts(look: Look | None = None, families: Collection[str] | None = None) -> Iterator[Diagnosis]:
    """One diagnosis a role. look: `official` by default; families: those installed by default."""
    if look is None:
        look = read_look(resources.templates_root() / "styles" / "official.yaml")
    if families is None:
        from planforge.writers.font_files import installed

        families = {family for face in installed() for family in face.families}
    used = {style.font for style in look.styles.values()} | {look.latin}
    for role, font in look.fonts.items():
        if role in used:
            yield _role(_TITLES.get(role, role), font, families)


def _role(title: str, font: Font, families: Collection[str]) -> Diagnosis:
    name = f"字体：{title}"
    taken = next((family for family in font.pdf if family in families), None)
    if taken is None:
        return Diagnosis(
            name, "missing", f"没有可用的字体，生成不了 PDF（Word 用“{font.word}”，不受影响）", _mend(font)
        )
    real = _OTHER_NAMES.get(taken, taken) in (font.word, font.substitute)
    shown = f"“{taken}”" if real else f"“{taken}”，代“{font.word}”"
    asked = [family for family in font.fallback if family != taken]
    if asked and not any(family in families for family in font.fallback):
        shown += "；人名、地名里它没有的字没有字体可补"
        return Diagnosis(name, "missing", shown, _install(asked))
    return Diagnosis(name, "ok", shown)


def _mend(font: Font) -> str:
    if "FandolFang" in font.pdf:
        return on_this_system(
            debian="在源代码文件夹里执行：bash scripts/setup.sh（取 FandolFang），或自备仿宋字体装到 ~/.local/share/fonts",
            windows="Windows 中文版自带仿宋；没有时在“设置—可选功能”里添加“简体中文补充字体”",
            macos="安装“仿宋”或 FandolFang 字体（双击字体文件，用“字体册”安装）",
        )
    return _install(list(font.pdf))


def _install(families: list[str]) -> str:
    packages = sorted({_PACKAGES[family] for family in families if family in _PACKAGES})
    names = "、".join(families)
    by_hand = f"任装一种：{names}"
    return on_this_system(
        debian=apt(*packages) if packages else by_hand,
        windows=f"{by_hand}（右键字体文件，选“为所有用户安装”）",
        macos=f"{by_hand}（双击字体文件，用“字体册”安装）",
    )
