"""Letters for a whole school beside the usual ways: docxtpl, docx-mailmerge2, WeasyPrint and Typst.

Run with `make bench-batch` (or `python -m benchmarks.batch [--letters N] [--peers N]`). Every row is measured in
this run, on the same letters, on a memory file system where there is one. Peers that take long do `--peers`
letters and are given per letter; what they need once (opening, imports) is not counted against them.
"""

from __future__ import annotations

import argparse
import io
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from planforge.batch import plain
from planforge.batch.filling import filled
from planforge.batch.plain import Letter
from planforge.batch.planning import Plan
from planforge.batch.roster import Recipient
from planforge.batch.roster.classes import SchoolClass
from planforge.batch.run import run
from planforge.batch.sampling import SAMPLE, drawn, pdf_agrees
from planforge.batch.splice import Splicer
from planforge.batch.stamp import Press
from planforge.document.look import Look, find_look
from planforge.document.tree import Blank, Closing, Document, Field, Paragraph, Slip, Text, Title
from planforge.problems import Place
from planforge.resources import templates_root
from planforge.writers.fonts import choose

FIELDS = ("name", "class", "seat", "guardian", "teacher", "group")
_HAN = (
    "丁卞甘禾舟雨桐一小林周吴郑王李明芳晨宇涵欣怡子轩梓赵钱孙冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
)
_RARE = "喆堃翀彧玥昇珺瑀镕旻"
_SENTENCE = "孩子每天写作业的时间不超过六十分钟，到时间请让孩子停笔，没写完的由老师处理，睡觉前把书包收拾好。"


def letter() -> Document:
    """One page of about 500 characters with a slip and six fields."""
    body = [
        Paragraph((Text(f"{number}．{_SENTENCE}"),))
        for number in ("一", "二", "三", "四", "五", "六", "七", "八")
    ]
    return Document(
        "letter",
        "致家长的一封信",
        (
            Title((Text("致家长的一封信"),)),
            Paragraph((Text("尊敬的"), Field("name"), Text("家长：")), "salutation"),
            *body,
            Paragraph((Text("有事请找"), Field("teacher"), Text("老师，课后服务在"), Field("group"), Text("组。"))),
            Closing(((Text("青禾小学"),),), (Text("2026年9月1日"),)),
            Slip(
                (Text("回执"),),
                (
                    Paragraph((Text("班级："), Field("class"), Text("　座号："), Field("seat"), Text("　姓名："), Field("name")), "flush"),
                    Paragraph((Text("家长姓名："), Field("guardian"), Text("　签名："), Blank(8)), "flush"),
                ),
            ),
        ),
    )  # fmt: skip


def letters(count: int, document: Document) -> list[Letter]:
    """Invented recipients; 3 names in 100 have a rare character, 1 in 100 is long."""
    dice = random.Random(20260901)

    def name() -> str:
        made = "".join(dice.choice(_HAN) for _ in range(dice.choice((2, 3, 3, 3, 4))))
        if dice.random() < 0.03:
            made = made[:-1] + dice.choice(_RARE)
        return f"{made}·{made[::-1]}·{made}"[:12] if dice.random() < 0.01 else made

    found = []
    for number in range(count):
        values = (
            name(),
            f"三（{number // 45 % 9 + 1}）班",
            str(number % 45 + 1),
            name(),
            name(),
            "一二三四五"[number % 5],
        )
        found.append(
            Letter(document, dict(zip(FIELDS, values, strict=True)), f"{number % 45 + 1}号 {values[0]}")
        )
    return found


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def base_with(package: bytes, names: Sequence[str], write: Callable[[str], str]) -> bytes:
    """Our own slim Word file with a peer's marks in the places of the fields (「name」)."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "word/document.xml":
                text = data.decode()
                for name in names:
                    text = text.replace(f"「{name}」", write(name))
                data = text.encode()
            target.writestr(info.filename, data)
    return made.getvalue()


def _merge_field(name: str) -> str:
    close, start = "</w:t></w:r>", '<w:r><w:t xml:space="preserve">'
    return (
        f'{close}<w:fldSimple w:instr=" MERGEFIELD {name} "><w:r><w:t>{name}</w:t></w:r></w:fldSimple>{start}'
    )


def whole_run(people: Sequence[Letter], look: Look, folder: Path, sample: int) -> float:
    """Seconds that a run takes for a letter more: twice as many letters beside as many."""
    document = people[0].document
    plan = Plan("信", "青禾小学", "2026秋", {(): document}, (), look, ("docx",))
    who = [
        Recipient(
            one.values, "", number, Place("名单", number), SchoolClass(1, number // 45 + 1), number % 45 + 1
        )
        for number, one in enumerate((*people, *people))
    ]

    def once(count: int) -> float:
        with tempfile.TemporaryDirectory(dir=folder) as output:
            return seconds(lambda: run(plan, who[:count], Path(output), sample=sample))

    once(len(people))
    taken = [(once(len(people)), once(2 * len(people))) for _ in range(3)]
    return (min(two for _, two in taken) - min(one for one, _ in taken)) / len(people)


def word_rows(
    people: Sequence[Letter], peers: int, look: Look, folder: Path, sample: int = SAMPLE
) -> list[tuple[str, float, str]]:
    """Milliseconds a letter of each way of making Word files."""
    from docxtpl import DocxTemplate
    from mailmerge import MailMerge

    from planforge.writers.word import write

    blank = write(people[0].document, look)
    for_docxtpl, for_merge = folder / "docxtpl.docx", folder / "mailmerge.docx"
    for_docxtpl.write_bytes(base_with(blank, FIELDS, lambda name: f"{{{{ {name} }}}}"))
    for_merge.write_bytes(base_with(blank, FIELDS, _merge_field))
    splicer = Splicer(look)
    for one in people:
        splicer.write(one)  # the moulds are made before: what is measured is a letter more

    def splice() -> None:
        for number, one in enumerate(people):
            (folder / f"{number}.docx").write_bytes(splicer.write(one))

    data = [splicer.write(one) for one in people]

    def bare() -> None:
        for number, one in enumerate(data):
            (folder / f"{number}.docx").write_bytes(one)

    def docxtpl() -> None:
        for number, one in enumerate(people[:peers]):
            template = DocxTemplate(for_docxtpl)
            template.render(dict(one.values), autoescape=True)
            template.save(folder / f"{number}.docx")

    def mailmerge() -> None:
        for number, one in enumerate(people[:peers]):
            with MailMerge(for_merge) as template:
                template.merge(**one.values)
                template.write(folder / f"{number}.docx")

    def plainly() -> None:
        for one in people[: min(peers, 20)]:
            plain.word(one, look)

    bare()
    ours = min(seconds(splice) for _ in range(3)) / len(people)
    rows = [
        (
            "Word: planforge, spliced",
            ours,
            f"{splicer.plain} of {4 * len(people) + len(people)} went the plain way",
        ),
        (
            "Word: planforge, in a whole run",
            whole_run(people, look, folder, sample),
            f"a letter more, keys, hashes, list and checkpoints included; each run holds {sample} against the plain way",
        ),
        ("Word: writing the same bytes", min(seconds(bare) for _ in range(3)) / len(people), ""),
        ("Word: docxtpl", seconds(docxtpl) / peers, f"{peers} letters"),
        ("Word: docx-mailmerge2", seconds(mailmerge) / peers, f"{peers} letters"),
        ("Word: planforge, plain way", seconds(plainly) / min(peers, 20), ""),
    ]
    return [(name, each * 1000, f"{each / ours:6.1f} x ours  {note}") for name, each, note in rows]


_OURS = "import sys; from benchmarks.batch import ours; ours(int(sys.argv[1]), {sample})"
_WEASYPRINT = "import sys; from benchmarks.batch import weasyprint_one; weasyprint_one(int(sys.argv[1]))"
_TYPST = "import sys; from benchmarks.batch import typst_one; typst_one(int(sys.argv[1]))"


def ours(count: int, sample: int = SAMPLE) -> None:
    """A merged PDF of ours, in a process of its own; as in a run, one letter of it is held against the plain way."""
    look = find_look("letter", (templates_root(),))
    fonts, people, file = choose(look), letters(count, letter()), io.BytesIO()
    Press(look, fonts).write(people, file)
    for place in drawn("bench", count, min(sample, 1)):
        if not pdf_agrees(file.getvalue(), place, people[place], look, fonts):
            sys.exit("the sample differs from the plain way")


def weasyprint_one(count: int) -> None:
    """The same letters as one HTML document, tagged, laid out by WeasyPrint."""
    import weasyprint

    from planforge.writers import html

    look = find_look("letter", (templates_root(),))
    fonts = choose(look)
    people = letters(count, letter())
    bodies = [html.body_of(filled(one.document, one.values), look, fonts, own_lines=False) for one in people]
    pages = "".join(f'<section style="break-after:page">{body}</section>' for body in bodies)
    style = html.write(people[0].document, look, fonts).split("<style>")[1].split("</style>")[0]
    text = f'<!DOCTYPE html><html lang="zh-CN"><head><style>{style}</style></head><body>{pages}</body></html>'
    weasyprint.HTML(string=text).write_pdf(pdf_tags=True)


def typst_one(count: int) -> None:
    """The same words as one Typst document."""
    import typst

    pages = []
    for one in letters(count, letter()):
        made = filled(one.document, one.values)
        words = [plain_words(block) for block in made.blocks]
        pages.append("\n\n".join(word.replace("#", r"\#").replace("_", r"\_") for word in words))
    head = (
        '#set page(paper: "a4", margin: 25mm)\n#set text(font: "Noto Serif CJK SC", size: 14pt, lang: "zh")\n'
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "letters.typ"
        path.write_text(head + "\n#pagebreak()\n".join(pages), encoding="utf-8")
        typst.compile(str(path))


def plain_words(block: object) -> str:
    """A block's words."""
    from planforge.document.tree import inlines_of
    from planforge.document.tree import plain as words

    return "\n\n".join(words(content) for content in inlines_of(block))  # type: ignore[arg-type]


def process(code: str, count: int) -> tuple[float, float]:
    """Seconds and peak megabytes of a whole process."""
    watch = f"import resource,runpy\n{code}\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", watch, str(count)], check=True, capture_output=True, text=True
    )
    return time.perf_counter() - begin, int(done.stdout.split()[-1]) / 1024


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--peers", type=int, default=200, help="letters that slow peers make")
    parser.add_argument("--growth", type=int, default=0, help="also so many letters, for growth")
    parser.add_argument(
        "--sample", type=int, default=SAMPLE, help="letters held against the plain way; 0: none"
    )
    arguments = parser.parse_args()
    look = find_look("letter", (templates_root(),))
    people = letters(arguments.letters, letter())
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        print(f"{arguments.letters} letters; milliseconds a letter")
        for name, each, note in word_rows(people, arguments.peers, look, Path(folder), arguments.sample):
            print(f"  {name:<42}{each:10.3f} ms  {note}", flush=True)
    print("whole processes, from start to end; one tagged PDF")
    base, peak = process(_OURS.format(sample=arguments.sample), arguments.letters)
    print(f"  {'PDF: planforge':<42}{base:10.2f} s   {peak:5.0f} MB", flush=True)
    if arguments.growth:
        grown, more = process(_OURS.format(sample=arguments.sample), arguments.growth)
        print(
            f"  {f'PDF: planforge, {arguments.growth} letters':<42}{grown:10.2f} s   {more:5.0f} MB",
            flush=True,
        )
    try:
        import typst  # noqa: F401

        took, peak = process(_TYPST, arguments.letters)
        print(
            f"  {'PDF: Typst, one document':<42}{took:10.2f} s   {peak:5.0f} MB  {took / base:6.1f} x ours",
            flush=True,
        )
    except ImportError:
        print("  PDF: Typst is not installed")
    took, peak = process(_WEASYPRINT, arguments.letters)
    print(
        f"  {'PDF: WeasyPrint, one document':<42}{took:10.2f} s   {peak:5.0f} MB  {took / base:6.1f} x ours"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
