"""Make the two font files of this folder from the variable Noto Sans SC (SIL Open Font License, `OFL.txt`).

The figures must show Chinese names on a machine that has no Chinese font, so a subset travels with the code: every
character of GB 2312 and the Latin, Greek and mathematical ones in Regular, Latin alone in Bold. Usage: `python
subset.py 'NotoSansSC[wght].ttf'`.
"""

import sys
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]

FAMILY = "Landscape Sans"
LATIN = {*range(0x20, 0x250), *range(0x370, 0x400), *range(0x2000, 0x2070), *range(0x2190, 0x2300), 0x20AC, 0x2122}


def gb2312() -> set[int]:
    """Return the code points of GB 2312."""
    found: set[int] = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            character = bytes([high, low]).decode("gb2312", errors="ignore")
            found.update(map(ord, character))
    return found


def make(source: Path, style: str, weight: int, characters: set[int]) -> Path:
    """Write one static font of `weight` with `characters`, under a family name of our own, and return its path."""
    font = TTFont(source)
    options = subset.Options()
    options.layout_features = ["kern", "liga"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"wght": weight}, updateFontNames=False)
    for name_id in (16, 17, 21, 22, 25):
        font["name"].removeNames(nameID=name_id)
    full_name, post_script = f"{FAMILY} {style}", f"LandscapeSans-{style}"
    for name_id, text in {1: FAMILY, 2: style, 3: f"{post_script}-subset", 4: full_name, 6: post_script}.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    bold = style == "Bold"
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x20 if bold else 0x40)
    font["head"].macStyle = int(bold)
    target = Path(__file__).parent / f"{post_script}.ttf"
    font.save(target)
    return target


if __name__ == "__main__":
    variable_font = Path(sys.argv[1])
    print(make(variable_font, "Regular", 400, gb2312() | LATIN))
    print(make(variable_font, "Bold", 700, LATIN))
