"""Pictures inside the page: SVG with real text instead of outlines, and the one font that they share."""

import base64
import html
import io
import re
from collections.abc import Iterable
from typing import Final

from fontTools import subset  # type: ignore[import-untyped]
from markupsafe import Markup

from analyses.figures.style import FAMILY, FONTS

#: A line of text as matplotlib writes it when outlines are asked for: the words in a comment, then glyph by glyph.
_LINE: Final = re.compile(
    r"<!-- (?P<words>.*?) -->\s*"
    r'<g style="(?P<style>[^"]*)" transform="(?P<place>[^"]*?) scale\((?P<scale>[\d.]+) -[\d.]+\)">'
    r"(?P<glyphs>.*?)</g>",
    re.DOTALL,
)
_TEXT: Final = re.compile(r"<text\b(?P<attributes>[^>]*)>(?P<words>[^<]*)</text>")
#: Matplotlib scales its outlines from a size of 100.
_OUTLINE_SIZE: Final = 100


def inline(svg: str, name: str, words: str) -> Markup:
    """Return a picture as an element of the page that is called `words` by those who do not see it.

    Outlines of letters become text in the font of the page, which makes the page a third as heavy and lets a reader
    search it. Ids get the name of the picture, since the page holds many; coordinates are rounded to what an eye sees.
    """
    body = svg[svg.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>|<defs>\s*<style.*?</style>\s*</defs>", "", body, flags=re.DOTALL)
    body = _LINE.sub(_line, body)
    body = re.sub(r'<g id="[^"]*"', "<g", body)
    body = re.sub(r' (?:d|x|y|width|height|points)="[^"]*"|translate\([^)]*\)', lambda part: _rounded(part[0]), body)
    # matplotlib names clips and markers anew in every run.
    for number, found in enumerate(dict.fromkeys(re.findall(r' id="([^"]+)"', body))):
        body = re.sub(rf'(id="|url\(#|xlink:href="#){re.escape(found)}(?=["\)])', rf"\g<1>{name}-{number}", body)
    body = body.replace("xlink:href", "href")
    body = re.sub(r"\s*\n\s*", " ", body).replace("> <", "><").replace(' "', '"')
    body = re.sub(r'style="([^"]*)"', lambda style: re.sub(r"([:;]) ", r"\1", style[0]), body)
    # Groups nest as the parts of a figure do; those that say nothing and hold one element or none are left out.
    body = _without_empty_groups(body)
    width, height = re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', body)[0]
    head = (
        f'<svg role="img" aria-label="{html.escape(words)}" viewBox="0 0 {width} {height}" '
        f'width="{round(float(width) * 96 / 72)}" height="{round(float(height) * 96 / 72)}">'
    )
    return Markup(re.sub(r"^<svg[^>]*>", lambda _: head, body))


def _line(line: re.Match[str]) -> str:
    """Return a line of outlines as text, at the same place, in the same size and weight."""
    weight = ' font-weight="700"' if "-Bold-" in line["glyphs"] else ""
    size = f"{float(line['scale']) * _OUTLINE_SIZE:.3g}"
    place = f'transform="{line["place"]}" style="{line["style"]}"'
    return f'<text {place} font-size="{size}"{weight}>{line["words"]}</text>'


def _rounded(text: str) -> str:
    """Return a text whose decimal numbers have at most two decimals."""
    return re.sub(r"-?\d+\.\d+", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), text)


def _without_empty_groups(body: str) -> str:
    """Return SVG without groups that have neither attributes nor, in the end, content."""
    before = ""
    while before != body:
        before = body
        body = re.sub(r"<g>((?:(?!</?g\b).)*)</g>", r"\1", body.replace("<g/>", ""), flags=re.DOTALL)
    return body


def font_faces(pictures: Iterable[str]) -> Markup:
    """Return the style rules that carry the letters of all pictures, in Regular and Bold, within the page."""
    letters: dict[str, set[str]] = {"Regular": set(), "Bold": set()}
    for picture in pictures:
        for text in _TEXT.finditer(picture):
            style = "Bold" if "font-weight" in text["attributes"] else "Regular"
            letters[style] |= set(html.unescape(text["words"]))
    return Markup(
        "".join(
            f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; '
            f"src: url(data:font/woff;base64,{_font(style, letters[style])}) }}\n"
            for style, weight in (("Regular", 400), ("Bold", 700))
        )
    )


def _font(style: str, letters: set[str]) -> str:
    """Return the font of a style with some letters only, as base64 of a WOFF file."""
    options = subset.Options()
    options.flavor = "woff"
    options.layout_features = []
    font = subset.load_font(str(FONTS / f"LandscapeSans-{style}.ttf"), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(letters)))
    subsetter.subset(font)
    file = io.BytesIO()
    subset.save_font(font, file, options)
    return base64.b64encode(file.getvalue()).decode("ascii")
