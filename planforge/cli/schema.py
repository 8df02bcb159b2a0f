"""`planforge schema`: the form's JSON Schema, for completion in editors."""

from __future__ import annotations

import json

import typer


def schema() -> int:
    """输出信息表的 JSON Schema，供编辑器提示和补全。"""
    from planforge.app.forms import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return 0
