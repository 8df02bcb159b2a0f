"""Running text by the page, put together from invented phrases by a seeded dice, for measuring line breaks.

It has what makes breaking hard: quotes beside brackets, digits with units, per cent, dashes, ellipses,
Latin words, dates and times, book titles, long numbers, lists of names.
"""

from __future__ import annotations

from random import Random

_OPENERS = (
    "本周",
    "开学以后",
    "从{date}起",
    "每天{time}前",
    "期中以后",
    "到{date}为止",
    "按照《{book}》的安排",
)
_WHO = (
    "班主任",
    "教导处",
    "各年级组",
    "任课教师",
    "家长委员会",
    "体育组",
    "三（2）班的同学",
    "“{word}”小组",
    "王老师和李老师",
)
_DOES = (
    "把作业总量控制在{n}分钟以内", "完成了{p}%的问卷（共{m}份）", "在{time}—{time}之间开放图书室", "用{latin}登记每天的数据",
    "提出“{word}、{word}、{word}”的要求", "汇总了{m}条意见，其中{n}条已经办结", "讨论了“{word}”怎样落到{n}个班",
    "给{m}位家长打了电话（号码略）", "组织了{n}次《{book}》共读", "安排每周{n}节体育课和每天{n}分钟大课间",
    "把“{word}”写进了班级公约——不是一句口号", "对{n}～{m}名学生做了访谈……", "检查了三至六年级的{m}本作业",
)  # fmt: skip
_TAILS = (
    "。",
    "；",
    "，",
    "，",
    "，并且",
    "：",
    "！",
    "，“{word}”就这样做了起来。",
    "（见附表{n}）。",
    "……",
    "——",
)
_WORDS = ("少而精", "当堂清", "不抢跑", "慢一点", "睡得足", "读得进", "走出去", "说清楚", "轻负担")
_BOOKS = ("作业登记本", "秋天的信", "课后服务手册", "睡眠记录（家长版）", "小学生的一天")
_LATIN = (
    "Excel",
    "QR码",
    "WPS表格",
    "App",
    "PDF",
    "Word 2016",
    "A4纸",
    "e-mail",
    "WiFi",
    "OK",
    "https://example.org/term",
)


def _fill(random: Random, pattern: str) -> str:
    while "{" in pattern:
        start = pattern.index("{")
        end = pattern.index("}", start)
        value = {
            "n": lambda: str(random.randint(1, 90)),
            "m": lambda: str(random.randint(100, 12_000)),
            "p": lambda: f"{random.randint(10, 990) / 10:g}",
            "time": lambda: f"{random.randint(7, 20)}:{random.randint(0, 5)}0",
            "date": lambda: (
                f"{random.choice(('2026年', ''))}{random.randint(1, 12)}月{random.randint(1, 28)}日"
            ),
            "word": lambda: random.choice(_WORDS),
            "book": lambda: random.choice(_BOOKS),
            "latin": lambda: random.choice(_LATIN),
        }[pattern[start + 1 : end]]()
        pattern = pattern[:start] + value + pattern[end + 1 :]
    return pattern


def paragraphs(count: int, seed: int = 1) -> list[str]:
    """So many paragraphs of two to five lines; the same seed gives the same words."""
    random = Random(seed)
    found = []
    for _ in range(count):
        parts = []
        for _ in range(random.randint(2, 5)):
            parts.append(random.choice(_OPENERS) + "，" if random.random() < 0.5 else "")
            parts += [random.choice(_WHO), random.choice(_DOES), random.choice(_TAILS)]
        text = _fill(random, "".join(parts)).rstrip("，：；—…并且")
        found.append(text if text.endswith(("。", "！")) else text + "。")
    return found
