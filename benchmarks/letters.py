"""The letter that all ways of making letters are measured on, and who gets it. Nobody is real."""

from __future__ import annotations

import random

from planforge.app.parts.documents import Blank, Closing, Document, Field, Paragraph, Slip, Text, Title
from planforge.app.parts.letters import Letter

FIELDS = ("name", "class", "seat", "guardian", "teacher", "group")
_HAN = (
    "丁卞甘禾舟雨桐一小林周吴郑王李明芳晨宇涵欣怡子轩梓赵钱孙冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
)
_RARE = "喆堃翀彧玥昇珺瑀镕旻"
_SENTENCES = (
    "孩子每天写作业的时间不超过六十分钟，到点请让孩子停笔，没写完的由老师处理，书包睡前收好。",
    "早餐要吃热的，路上不买零食；七点四十分开校门，请不要提早，雨天校车晚到十分钟，不算迟到。",
    "眼睛离书本一尺，胸口离桌沿一拳，手指离笔尖一寸；连看屏幕满二十分钟，就到窗边远望片刻。",
    "每周二、四下午开设足球、合唱、木工和围棋，名额有限，先登记先得，退出的请提前三天告知。",
    "体温高于三十七度五请留在家中，退烧满一天再返校；缺下的功课由班主任约时间补，不必着急。",
    "家里的旧报纸、空瓶子可以带来，义卖所得全部捐给山区图书角，账目每月底贴在门厅公告栏里。",
    "接送车辆停在南侧便道，即停即走；步行的同学沿黄线排队，由值日教师护送过街，请勿逗留。",
    "意见写在下面的回执背后，或投进传达室的绿色信箱，我们逐条答复，结果会在家长会上说明。",
)


def letter() -> Document:
    """One page of about 500 characters with a slip and six fields."""
    body = [
        Paragraph((Text(f"{number}．{sentence}"),))
        for number, sentence in zip("一二三四五六七八", _SENTENCES, strict=True)
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
