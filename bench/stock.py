"""The yardstick: what a straightforward `parse` costs when it is put together from the stock parts.

stock.py REPORT OUT.json      one cold run: typer, pydantic, jieba over the whole text, one regex, JSON
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import typer

UNITS = (
    "个百分点|百分点|%|％|倍|万亿元|亿元|万元|元|亿美元|万美元|万人次|亿人次|人次|万人|人|万户|户|家|个|项|件|条|座|台|辆|公里|"
    "平方米|亩|吨|千瓦|位|名|所|场|天|年|种|处|艘|班|批"
)
QUANTITY = re.compile(rf"第?[0-9０-９]+(?:[.．][0-9０-９]+)?[十百千万亿]*余?(?:{UNITS})")
CLAUSE = re.compile(r"[^，,。；;\n]+")

app = typer.Typer()


@app.command()
def parse(report: Path, out: Path) -> None:
    """Cut the text into words, find quantities clause by clause, write them as JSON."""
    import jieba
    from pydantic import BaseModel

    class Found(BaseModel):
        indicator: str
        value: str
        start: int
        end: int
        clause: str
        words: list[str]

    text = report.read_text("utf-8")
    words = jieba.lcut(text)
    found = [
        Found(
            indicator=clause[0][: quantity.start()],
            value=quantity[0],
            start=clause.start() + quantity.start(),
            end=clause.start() + quantity.end(),
            clause=clause[0],
            words=words[:3],
        )
        for clause in CLAUSE.finditer(text)
        for quantity in QUANTITY.finditer(clause[0])
    ]
    out.write_text(json.dumps([f.model_dump() for f in found], ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    app()
