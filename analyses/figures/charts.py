"""Forms that several exhibits share: a table of numbers with shading, stacked bars, small panels."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import SubFigure
from matplotlib.ticker import MaxNLocator

from analyses.figures import style
from analyses.figures.labels import written

# Fewer cells than this would be drawn as slabs; the place of those that are missing stays blank.
_LEAST_ROWS = 5
_LEAST_COLUMNS = 8


def shaded_table(
    axes: Axes,
    numbers: pd.DataFrame,
    *,
    shading: pd.DataFrame | None = None,
    texts: pd.DataFrame | None = None,
    rotate: bool = True,
    write: Callable[[object], str] = written,
) -> None:
    """Draw numbers in cells, darker for more; cells of 0 stay blank.

    `numbers` has a row per line and a column per column of the picture; `shading` (0 to 1, same shape) decides the
    shade where it is not the number itself, `texts` (same shape) what is written where it is not the number.
    """
    values = numbers.to_numpy(dtype=float)
    shade = values / max(values.max(), 1) if shading is None else shading.to_numpy(dtype=float)
    # Square roots keep small counts visible beside a dominant one.
    shown = np.where(values > 0, np.sqrt(shade), np.nan)
    colours = mpl.colormaps[style.SEQUENTIAL].with_extremes(bad="white")
    norm = Normalize(0, max(float(np.nanmax(shown)) if np.isfinite(shown).any() else 1.0, 0.01) * 1.05)
    rows, columns = values.shape
    axes.pcolormesh(
        np.arange(columns + 1) - 0.5,
        np.arange(rows + 1) - 0.5,
        shown,
        cmap=colours,
        norm=norm,
        edgecolors="white",
        linewidth=1.0,
    )
    for row in range(rows):
        for column in range(columns):
            if values[row, column] > 0:
                text = f"{values[row, column]:,.0f}" if texts is None else str(texts.iat[row, column])
                dark = norm(shown[row, column]) > 0.58
                axes.text(
                    column, row, text, ha="center", va="center", fontsize=7.6, color="white" if dark else style.INK
                )
    axes.set_xlim(-0.5, max(columns, _LEAST_COLUMNS) - 0.5)
    axes.set_ylim(max(rows, _LEAST_ROWS) - 0.5, -0.5)
    axes.set_xticks(
        range(columns),
        [write(name) for name in numbers.columns],
        rotation=40 if rotate else 0,
        ha="left" if rotate else "center",
    )
    axes.set_yticks(range(rows), [write(name) for name in numbers.index])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.hlines(np.arange(rows + 1) - 0.5, -0.5, columns - 0.5, color="#eeeeee", linewidth=0.5, zorder=0)


def stacked_bars(
    axes: Axes,
    numbers: pd.DataFrame,
    colours: Mapping[str, str],
    hatches: Mapping[str, str],
    *,
    horizontal: bool = True,
    write: Callable[[object], str] = written,
) -> None:
    """Draw one bar per row of `numbers`, its parts the columns in their order."""
    places = np.arange(len(numbers))
    start = np.zeros(len(numbers))
    for name in numbers.columns:
        lengths = numbers[name].to_numpy(dtype=float)
        keywords: dict[str, Any] = {
            "color": colours[name],
            "hatch": hatches.get(name, ""),
            "edgecolor": style.MUTED,
            "linewidth": 0.4,
            "label": write(name),
        }
        if horizontal:
            axes.barh(places, lengths, left=start, height=0.74, **keywords)
        else:
            axes.bar(places, lengths, bottom=start, width=0.78, **keywords)
        start += lengths
    names = [write(name) for name in numbers.index]
    if horizontal:
        axes.set_yticks(places, names)
        axes.set_ylim(len(numbers) - 0.45, -0.55)
        style.vertical_grid(axes)
    else:
        axes.set_xticks(places, names)
        style.horizontal_grid(axes)


def year_panels(figure: SubFigure, counts: pd.DataFrame, columns: int, last_year_note: str) -> None:
    """Draw a small panel of yearly bars per row of `counts` (labels by years), each on its own scale."""
    rows = -(-len(counts) // columns)
    panels = np.atleast_1d(figure.subplots(rows, columns, sharex=True, squeeze=True)).ravel()
    years = [int(year) for year in counts.columns]
    for axes, (name, row) in zip(panels, counts.iterrows(), strict=False):
        colours = [style.ACCENT] * (len(years) - 1) + ["#9db8d9"]
        axes.bar(years, row.to_numpy(dtype=float), color=colours, width=0.8)
        axes.set_title(f"{written(name)}  ({int(row.sum()):,})", fontsize=8.8, pad=3)
        axes.yaxis.set_major_locator(MaxNLocator(3, integer=True, min_n_ticks=1))
        axes.set_ylim(0, max(float(row.max()) * 1.1, 1.05))
        axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.tick_params(labelsize=7.6)
        style.horizontal_grid(axes)
    for axes in panels[len(counts) :]:
        axes.set_axis_off()
    for axes in panels[max(len(counts) - columns, 0) : len(counts)]:
        axes.tick_params(labelbottom=True)
    figure.supylabel("Trials registered", fontsize=9)
    figure.supxlabel(f"Year of registration ({last_year_note})", fontsize=9)


def crossed(
    data: pd.DataFrame, row: str, column: str, value: str = "n_trials", order: Sequence[str] | None = None
) -> pd.DataFrame:
    """Return `value` by `row` and `column`, 0 where a pair is missing; rows by sum, columns by `order` or by sum."""
    table = data.pivot_table(index=row, columns=column, values=value, aggfunc="sum", fill_value=0)
    table = table.loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    if order is None:
        columns = list(table.sum(axis=0).sort_values(ascending=False, kind="stable").index)
    else:
        columns = [name for name in order if name in table.columns]
    return table[columns]


def unstated_last(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose row `not_stated`, where there is one, stands below the named ones."""
    named = [name for name in table.index if name != "not_stated"]
    return table.loc[[*named, *(name for name in table.index if name == "not_stated")]]


def with_all_years(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose columns are every year from the first to the last, 0 where there was nothing."""
    if table.empty:
        return table
    first, last = int(min(table.columns)), int(max(table.columns))
    return table.reindex(columns=range(first, last + 1), fill_value=0)


def name_points(
    axes: Axes, across: Sequence[float], up: Sequence[float], names: Sequence[str], size: float = 7.4
) -> None:
    """Write names beside points where they do not cover each other; limits and scales must stand already."""
    root = axes.figure.figure
    root.draw_without_rendering()
    points = axes.transData.transform(np.column_stack([across, up]))
    inch = root.dpi
    taken = [(x - 4, y - 4, x + 4, y + 4) for x, y in points]
    frame = axes.get_window_extent()
    for (x, y), name in sorted(zip(points, names, strict=True), key=lambda item: -item[0][1]):
        width, height = len(name) * size * 0.53 / 72 * inch, size * 1.15 / 72 * inch
        choices = [(dx, dy, side) for dy in (2, -9, 11, -18, 20) for dx, side in ((6, "left"), (-6, "right"))]
        for dx, dy, side in choices:
            left = x + dx * inch / 72 - (width if side == "right" else 0)
            low = y + dy * inch / 72
            box = (left, low, left + width, low + height)
            inside = frame.x0 <= box[0] and box[2] <= frame.x1 + 12 and frame.y0 <= box[1]
            if inside and not any(
                box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken
            ):
                break
        taken.append(box)
        across_here, up_here = axes.transData.inverted().transform((x, y))
        axes.annotate(
            name, (across_here, up_here), (dx, dy), textcoords="offset points", ha=side, va="bottom", fontsize=size
        )
