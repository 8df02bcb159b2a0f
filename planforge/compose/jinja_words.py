"""What Jinja says of a template that it cannot read, in Chinese, by the kind of mistake.

Jinja has a few dozen sentences; each kind is known by how its sentence begins. One that is not known keeps its
own words in brackets, so that nobody is left without a hint.
"""

from __future__ import annotations

import re

_KINDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in (
        (r"Encountered unknown tag '(?P<a>\w+)'.*innermost block.* is '(?P<b>\w+)'", "这里不能写 {{% {a} %}}：前面的 {b} 还没有结束"),
        (r"Encountered unknown tag '(?P<a>\w+)'", "没有 {{% {a} %}} 这种语句，或者多写了一个"),
        (r"Unexpected end of template.*innermost block.* is '(?P<a>\w+)'", "{a} 没有结束：文件末尾之前要有 {{% end{a} %}}"),
        (r"[Uu]nexpected end of template", "文件到末尾还没有写完，缺少结束的符号或语句"),
        (r"Missing end of comment", "注释没有结束，缺少 #}}"),
        (r"Missing end of raw", "raw 没有结束，缺少 {{% endraw %}}"),
        (r"unexpected '(?P<a>.+)', expected '(?P<b>.+)'", "括号没有配对：这里写了 {a}，应是 {b}"),
        (r"unexpected char (?P<a>.+) at \d+", "这里不能写 {a}"),
        (r"unexpected '(?P<a>[)}}\]%]+)'", "多了一个 {a}，括号没有配对"),
        (r"unexpected '(?P<a>.+)'", "这里不能写 {a}"),
        (r"expected token 'end of (?:print statement|statement block)', got '(?P<a>.+)'", "到 {a} 之前应当写完，括号、引号或词语之间可能少了什么"),
        (r"expected token '(?P<a>.+)', got 'end of (?:print statement|statement block)'", "还没有写完，这里缺少 {a}"),
        (r"expected token '(?P<a>.+)', got '(?P<b>.+)'", "这里应是 {a}，写的是 {b}"),
        (r"[Ee]xpected an expression", "这里缺少要写的内容"),
        (r"tag name expected", "{{% 后面要写语句的名称，如 if、for、set"),
        (r"[Cc]an't assign to", "不能给它赋值，set 和 for 后面要写一个新的名称"),
        (r"invalid syntax for function call", "括号里的写法不对"),
    )
)  # fmt: skip


def in_chinese(message: str) -> str:
    """One Chinese sentence for a syntax error of Jinja's; a sentence of our own is left as it is."""
    if not message.isascii() and not message[:9].isascii():
        return message
    for pattern, words in _KINDS:
        if match := pattern.match(message):
            return f"模板写法有误：{words.format(**match.groupdict())}"
    return f"模板写法有误（{message}）"
