"""Word letters, one a file: ours beside docxtpl, docx-mailmerge2 and merely writing the same bytes."""

from __future__ import annotations

import io
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.letters import FIELDS, letter, letters
from planforge.app.parts.documents import Look, find_look, templates_root
from planforge.app.parts.letters import SAMPLE, Letter, plain
from planforge.app.parts.runs import Place, Plan, Recipient, SchoolClass, run
from planforge.app.parts.word import Splicer


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
    plan = Plan(
        name="信",
        school="青禾小学",
        term="2026秋",
        documents={(): document},
        varies_by=(),
        look=look,
        formats=("docx",),
    )
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
    return (median(two for _, two in taken) - median(one for one, _ in taken)) / len(people)


def word_rows(
    people: Sequence[Letter], peers: int, look: Look, folder: Path, sample: int = SAMPLE
) -> list[tuple[str, float, str]]:
    """Seconds a letter of each way of making Word files; ours first, then a whole run, then bare writing."""
    from docxtpl import DocxTemplate
    from mailmerge import MailMerge

    from planforge.app.parts.word import write

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
    ours = median(seconds(splice) for _ in range(5)) / len(people)
    rows = [
        (
            "Word: planforge, spliced",
            ours,
            f"{splicer.plain} of {7 * len(people)} went the plain way",
        ),
        (
            "Word: planforge, in a whole run",
            whole_run(people, look, folder, sample),
            f"a letter more, keys, hashes, list and checkpoints included; each run holds {sample} against the plain way",
        ),
        ("Word: writing the same bytes", median(seconds(bare) for _ in range(5)) / len(people), ""),
        ("Word: docxtpl", seconds(docxtpl) / peers, f"{peers} letters"),
        ("Word: docx-mailmerge2", seconds(mailmerge) / peers, f"{peers} letters"),
        ("Word: planforge, plain way", seconds(plainly) / min(peers, 20), ""),
    ]
    return [(name, each, note) for name, each, note in rows]


def spliced(count: int, folder: Path) -> None:
    """So many Word letters, in a process of its own: for time and memory as they grow."""
    look = find_look("letter", (templates_root(),))
    splicer = Splicer(look)
    for number, one in enumerate(letters(count, letter())):
        (folder / f"{number}.docx").write_bytes(splicer.write(one))
