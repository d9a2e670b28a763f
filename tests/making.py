"""Files of every kind, made of paragraphs and tables: what the tests read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from govextract.read import read_document
from govextract.rulebook import Rulebook
from govextract.structure import blocks

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FONT = "STSong-Light"  # a font of every PDF reader: no file of it is needed


def paragraphs_of(path: Path, book: Rulebook) -> list[str]:
    """A report's paragraphs as a person would type them: what is wrapped in the file is one line."""
    document = read_document(path)
    spans = []
    for block in blocks(document, book):
        start, end = block.view.back[0], block.view.back[len(block.view.text)]
        begin = document.text.rfind("\n", 0, start) + 1  # with the number that stands before the block
        spans.append(document.text[begin:end])
    return [line.replace("\n", "") for line in spans]


def page(body: str, head: str = "") -> str:
    """A web page as governments make them: menu, place, links and footer round *body*."""
    menu = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(8))
    return (
        f'<!DOCTYPE html><html><head><meta charset="gb2312">{head}<title>页</title>'
        f'<script>var x = "<p>9%</p>";</script></head><body><div class="top"><ul class="nav">{menu}</ul></div>'
        '<div class="path">当前位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a></div>'
        f'<div class="wrap">{body}<div class="share">分享到：<a href="#">微信</a></div></div>'
        f'<div class="related"><ul>{menu}</ul></div><div class="footer">主办：云岭省人民政府 备案2024001号</div>'
        "</body></html>"
    )


def html(paragraphs: Iterable[str], container: str = 'id="zoom"') -> bytes:
    """A page with these paragraphs, in GB18030 behind a GB2312 that is declared."""
    lines = "".join(f"<p>　　{escape(line)}</p>\n" for line in paragraphs)
    return page(f"<div {container}>{lines}</div>").encode("gb18030")


def word_paragraph(text: str, properties: str = "") -> str:
    """A paragraph of Word's."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def word_table(rows: Iterable[Iterable[tuple[str, str]]]) -> str:
    """A table of Word's: each cell its text and its properties."""
    cells = ("".join(f"<w:tc><w:tcPr>{own}</w:tcPr>{word_paragraph(text)}</w:tc>" for text, own in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A Word file with this body, and other parts by their names."""
    content = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        **(parts or {}),
    }
    return zipped({name: text.encode() for name, text in content.items()})


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def pdf(paragraphs: Iterable[str], head: str = "云岭省人民政府公报", indent: int = 2, size: int = 12) -> bytes:
    """A PDF with a running head, page numbers, and paragraphs indented by so many letters."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle(
        "body", fontName=FONT, fontSize=size, leading=size * 1.5, wordWrap="CJK", firstLineIndent=indent * size
    )

    def furniture(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(72, 800, head)
        canvas.drawCentredString(297, 30, f"— {canvas.getPageNumber()} —")

    stream = io.BytesIO()
    template = SimpleDocTemplate(stream, invariant=1)
    template.build(
        [Paragraph(escape(line, quote=False), style) for line in paragraphs],
        onFirstPage=furniture,
        onLaterPages=furniture,
    )
    return stream.getvalue()


def pdf_of(pages: Iterable[Iterable[tuple[float, float, str]]], **options: str) -> bytes:
    """A PDF with texts at these places: left and bottom in points."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1, encrypt=options.get("password"))
    for texts in pages:
        canvas.setFont(FONT, 12)
        for left, bottom, text in texts:
            canvas.drawString(left, bottom, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
