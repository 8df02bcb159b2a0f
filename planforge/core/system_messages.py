"""What the system says when a file cannot be read or written, in Chinese: its own words are English, or the machine's."""

from __future__ import annotations

import errno

_GONE = "网络盘断开了"
_WORDS = {
    "ENOENT": "没有这个文件或文件夹",
    "EACCES": "没有权限",
    "EPERM": "没有权限",
    "EROFS": "这个盘只能读，不能写",
    "EISDIR": "这是一个文件夹",
    "ENOTDIR": "路径中间有一段不是文件夹",
    "EEXIST": "同名的文件已经在了",
    "ENOSPC": "磁盘满了",
    "EDQUOT": "磁盘满了",
    "EFBIG": "磁盘满了",
    "ENAMETOOLONG": "路径太长",
    "EINVAL": "系统不接受这个名称",
    "EBUSY": "正被别的程序使用",
    "ETXTBSY": "正被别的程序使用",
    "ELOOP": "链接绕成了圈",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "ENOMEM": "内存不够",
    "EIO": "磁盘读写出错",
    "ENODEV": "磁盘不在了",
    "ENXIO": "磁盘不在了",
    "ESTALE": _GONE,
    "ETIMEDOUT": _GONE,
    "ENETDOWN": _GONE,
    "ENETUNREACH": _GONE,
    "EHOSTDOWN": _GONE,
    "EHOSTUNREACH": _GONE,
    "ECONNRESET": _GONE,
    "ENOTCONN": _GONE,
}
_BY_NUMBER = {getattr(errno, name): words for name, words in _WORDS.items() if hasattr(errno, name)}
"""Not every system knows every name."""


def why(error: OSError) -> str:
    """Why the system refused, in a few Chinese words; where we have none, the number by which it can be looked up."""
    if error.errno is None:
        return "系统没有说为什么"
    return _BY_NUMBER.get(error.errno, f"系统报错 {error.errno}")
