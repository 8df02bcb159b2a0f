"""The form by questions: a dozen of them, each asked again until its answer can be used."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from planforge.core.problems import Problem
from planforge.profile.form import blank_form
from planforge.profile.profile_reader import read_profile_text


class Prompter(Protocol):
    """Somebody who can be asked: the terminal, a test."""

    def ask(self, question: str) -> str:
        """Put one question and return what was typed, without its line end."""

    def tell(self, message: str) -> None:
        """Show one line, such as why an answer cannot be used."""


@dataclass(frozen=True, slots=True)
class Question:
    """path: the key that the answer fills. needed: an empty answer is not taken. people: the answer lists people."""

    path: str
    text: str
    needed: bool = False
    people: bool = False


QUESTIONS = (
    Question("school.name", "学校全称", needed=True),
    Question("school.stage", "学段（小学、初中、九年一贯制）", needed=True),
    Question("school.system", "学制（六三、五四；直接回车按六三）"),
    Question("school.grades", "有哪些年级（如 1-6；直接回车按学段推算）"),
    Question("school.region.district", "所在区县（如 青石区）"),
    Question("term.year", "学年（如 2026-2027）", needed=True),
    Question("term.number", "第几学期（1 或 2）", needed=True),
    Question("term.starts", "开学日期（如 2026-09-01）"),
    Question("group.heads", "组长，写成 姓名（职务），两位的用顿号隔开", needed=True, people=True),
    Question("group.deputies", "副组长，写法同上；没有就直接回车", people=True),
    Question("group.members", "成员，写法同上，用顿号隔开", people=True),
    Question("supervision.hotline", "公布给家长的监督电话（如 0571-00000000）"),
    Question("after_school.starts", "课后服务几点开始（如 15:40）；没有就直接回车"),
    Question("after_school.until", "课后服务几点结束（如 17:40）"),
)


def ask(prompter: Prompter) -> str:
    """Ask all questions and return the form with the answers filled in, ready to be saved.

    An answer that cannot be used is asked for again, with the reason. What the prompter raises
    (somebody gives up) passes through.
    """
    prompter.tell("不知道的直接回车，以后再填。")
    answers: dict[str, str | Sequence[str]] = {}
    for question in QUESTIONS:
        while True:
            typed = prompter.ask(question.text).strip(" \t\r\n\u3000")
            if not typed:
                if not question.needed:
                    break
                prompter.tell("这一项一定要填。")
                continue
            value = _people(typed) if question.people else typed
            if reason := _reason({**answers, question.path: value}):
                prompter.tell(reason)
                continue
            answers[question.path] = value
            break
    return blank_form(answers)


def _people(typed: str) -> tuple[str, ...]:
    parts = re.split(r"[、，；;](?![^（(]*[）)])", typed)
    return tuple(part.strip() for part in parts if part.strip())


def _reason(answers: Mapping[str, str | Sequence[str]]) -> str:
    """Why the last answer cannot be used, "" where it can. All earlier ones have passed."""
    problems = read_profile_text(blank_form(answers)).problems
    wrong = [problem for problem in problems if problem.severity == "error"]
    return str(_without_place(wrong[0])) if wrong else ""


def _without_place(problem: Problem) -> Problem:
    """The mistake for somebody who answers questions and has no lines before him."""
    message = re.sub(r"（第 \d+ 行）", "", problem.message)
    return Problem(message, None, problem.field, problem.found, problem.expected, problem.fix)
