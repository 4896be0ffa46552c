"""The house style: fonts, colours for colour-blind eyes and grey print, title, foot and the mark of a sample."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, SubFigure

# A subset of Noto Sans SC travels with the code (fonts/subset.py), so that Chinese names show on every machine. A
# character that GB 2312 lacks falls back to a CJK font of the machine where it has one, else it shows as a box.
FONTS: Final = Path(__file__).parent / "fonts"
FAMILY: Final = "Landscape Sans"
_FALLBACKS: Final = ("Noto Sans CJK SC", "WenQuanYi Micro Hei", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC")

INK: Final = "#222222"
MUTED: Final = "#595959"
GRID: Final = "#d9d9d9"
# Ordered from dark to light in grey, and told apart by hatching as well.
CLASS_COLOURS: Final = {"immune_cell": "#1f4e8c", "stem_cell": "#f0a232", "other_somatic_cell": "#e8e4d8"}
CLASS_HATCHES: Final = {"immune_cell": "", "stem_cell": "", "other_somatic_cell": "////"}
CLASS_MARKERS: Final = {"immune_cell": "o", "stem_cell": "s", "other_somatic_cell": "^"}
SPONSOR_COLOURS: Final = {"IIT": "#8fbce0", "IST": "#a3242b"}
SPONSOR_MARKERS: Final = {"IIT": "o", "IST": "D"}
PHASE_COLOURS: Final = {
    "early_phase_1": "#e3eef9",
    "phase_1": "#c3dbee",
    "phase_1_2": "#94c0e0",
    "phase_2": "#5d9fcd",
    "phase_2_3": "#3078b5",
    "phase_3": "#145291",
    "phase_4": "#08264d",
    "not_applicable": "#ffffff",
    "not_reported": "#f2f2f2",
}
PHASE_HATCHES: Final = {"not_applicable": "////", "not_reported": "\\\\\\\\"}
SCOPE_COLOURS: Final = {"china": "#a3242b", "outside_china": "#4a7fb0"}
SCOPE_MARKERS: Final = {"china": "o", "outside_china": "s"}
ACCENT: Final = "#1f4e8c"
SEQUENTIAL: Final = "Blues"
# Inches kept for title and subtitle, and for the foot.
_HEAD: Final = 0.62
_FOOT: Final = 0.42
# Below it a picture with few rows has no room for its axes and legend.
_LEAST_HEIGHT: Final = 3.1
# Inches left free on both sides, where the title begins too.
_MARGIN: Final = 0.12

_SETTINGS: Final[dict[str, Any]] = {
    "font.family": "sans-serif",
    "font.sans-serif": [FAMILY, *_FALLBACKS, "DejaVu Sans"],
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.labelsize": 9,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "xtick.major.width": 0.7,
    "ytick.major.width": 0.7,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "hatch.linewidth": 0.6,
    "hatch.color": MUTED,
    "lines.linewidth": 1.6,
    "lines.markersize": 4.5,
    # Outlines instead of text: an SVG looks the same where the font is missing. Fixed ids make runs comparable.
    "svg.fonttype": "path",
    "svg.hashsalt": "landscape",
}


def apply() -> None:
    """Set the house style for this process."""
    for path in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(path)
    known = set(font_manager.get_font_names())
    settings = dict(_SETTINGS)
    settings["font.sans-serif"] = [name for name in _SETTINGS["font.sans-serif"] if name in known]
    mpl.rcParams.update(settings)


@dataclass(frozen=True)
class Imprint:
    """What every figure says of the data behind it."""

    label: str
    title: str
    data_cut: str
    build_id: str
    is_sample: bool
    sponsor_rule: str


@dataclass(frozen=True)
class Drawing:
    """A figure, and what it shows in words for those who do not see it."""

    figure: Figure
    alternative_text: str


def canvas(width: float = 7.2, height: float = 4.4) -> SubFigure:
    """Return the empty middle of a figure of `width` by `height` inches, between its title and its foot."""
    height = max(height, _LEAST_HEIGHT)
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    engine = figure.get_layout_engine()
    assert engine is not None
    engine.set(w_pad=_MARGIN)  # type: ignore[call-arg]  # constrained layout has it
    parts = figure.subfigures(3, 1, height_ratios=[_HEAD, height - _HEAD - _FOOT, _FOOT])
    return parts[1]  # type: ignore[index]  # three rows make an array


def finish(middle: SubFigure, imprint: Imprint, subtitle: str) -> Figure:
    """Return the whole figure with title, subtitle (n and denominators), foot, and SAMPLE across it when it is one."""
    figure = middle.figure
    assert isinstance(figure, Figure)
    width, height = figure.get_size_inches()
    left = _MARGIN / width
    figure.text(left, 1 - 0.10 / height, f"{imprint.label}  {imprint.title}", fontsize=11.5, weight="bold", va="top")
    figure.text(left, 1 - 0.36 / height, subtitle, fontsize=8.8, color=MUTED, va="top")
    foot = f"Data: {imprint.data_cut}.  Build {imprint.build_id[:8]}."
    figure.text(left, 0.10 / height, foot, fontsize=7.2, color=MUTED, va="bottom")
    if imprint.is_sample:
        figure.text(
            0.5,
            0.5,
            "SAMPLE",
            fontsize=min(width, height) * 17,
            color="#c0392b",
            alpha=0.16,
            weight="bold",
            ha="center",
            va="center",
            rotation=28,
            zorder=50,
        )
    return figure


def nothing(figure: SubFigure, message: str) -> None:
    """Say in an empty picture why it is empty."""
    axes = figure.add_subplot()
    axes.set_axis_off()
    axes.text(0.5, 0.5, message, ha="center", va="center", color=MUTED, fontsize=10, wrap=True)


def horizontal_grid(axes: Axes) -> None:
    """Draw light lines at the ticks of the y axis."""
    axes.grid(axis="y")
    axes.tick_params(axis="y", length=0)


def vertical_grid(axes: Axes) -> None:
    """Draw light lines at the ticks of the x axis."""
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)


def thousands(number: float) -> str:
    """Return a count with thousands separators."""
    return f"{number:,.0f}"


def percent(share: float, digits: int = 1) -> str:
    """Return a share of 0 to 1 as a percentage."""
    return f"{100 * share:.{digits}f}%"


def left_out(n_all: int, n_shown: int, what: str) -> str:
    """Return the end of a subtitle that says how many rows a picture leaves to its table; nothing where none."""
    return f"; {n_all - n_shown:,} rarer {what} are in the table" if n_all > n_shown else ""


def shorten(text: str, length: int) -> str:
    """Return a text of at most `length` characters; Chinese ones take two places."""
    room = length
    for position, character in enumerate(text):
        room -= 2 if ord(character) > 0x2E7F else 1
        if room < 0:
            return text[: position - 1].rstrip(" ,;-(") + "..."
    return text


def listed(items: Sequence[str], most: int = 5) -> str:
    """Return the first items as a list in words."""
    return ", ".join(items[:most]) + (" and others" if len(items) > most else "")
