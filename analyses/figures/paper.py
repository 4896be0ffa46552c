"""Figures of the paper's exhibits. Each takes the rows of its analysis and returns the picture and its words."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib import dates
from matplotlib.figure import SubFigure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Patch
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator, PercentFormatter

from analyses.figures import charts, style
from analyses.figures.labels import AGENCIES, CLASSES, PHASES, SPONSOR_RULE_IN_WORDS, SPONSOR_TYPES, written
from analyses.figures.style import Drawing, Imprint, percent, thousands
from analyses.published import rows_of

_MOST_LABELS = 25
# A test of fewer trials on one side would be a number without weight; the table of tests has it all the same.
_FEWEST_FOR_TEST = 5


def finished(middle: SubFigure, imprint: Imprint, subtitle: str, words: str) -> Drawing:
    """Return the drawing whose middle has been drawn, `words` saying what it shows."""
    figure = style.finish(middle, imprint, subtitle)
    return Drawing(figure=figure, alternative_text=f"{imprint.title}. {words}")


def rule_in_words(imprint: Imprint) -> str:
    """Return the sponsor rule of the build as a subtitle says it."""
    return SPONSOR_RULE_IN_WORDS[imprint.sponsor_rule]


def without_trials(imprint: Imprint) -> Drawing:
    """Return the drawing of an exhibit that has no trials, which says so."""
    figure = style.canvas(7.2, 2.4)
    style.nothing(figure, "No trial of this landscape belongs in this exhibit.")
    return finished(figure, imprint, "n = 0", "No trial belongs in this exhibit.")


def approved_products_by_year(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """Fig. 1: steps of cumulative approvals, a panel per agency, stacked by class."""
    figure = style.canvas(7.6, 3.9)
    agencies = [agency for agency in AGENCIES if agency in set(data["agency"])]
    panels = np.atleast_1d(figure.subplots(1, len(agencies), sharey=True))
    years = sorted(data["year"].unique())
    ends = []
    for axes, agency in zip(panels, agencies, strict=True):
        table = charts.crossed(data[data["agency"] == agency], "year", "cell_class", "n_approved_so_far", CLASSES)
        table = table.reindex(index=years, columns=CLASSES, fill_value=0)
        below = np.zeros(len(years))
        for name in CLASSES:
            heights = table[name].to_numpy(dtype=float)
            axes.bar(
                years,
                heights,
                bottom=below,
                width=1.0,
                color=style.CLASS_COLOURS[name],
                hatch=style.CLASS_HATCHES[name],
                edgecolor=style.MUTED,
                linewidth=0.35,
                label=written(name),
            )
            below += heights
        axes.set_title(f"{agency}  ({below[-1]:.0f})")
        axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
        axes.xaxis.set_major_locator(MaxNLocator(3, integer=True))
        axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
        style.horizontal_grid(axes)
        ends.append(f"{agency} {below[-1]:.0f}")
    panels[0].set_ylabel("Products approved so far")
    figure.supxlabel("Year", fontsize=9)
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper right", ncols=3)
    total = int(data.loc[data["year"] == years[-1], "n_approved_so_far"].sum())
    subtitle = (
        f"n = {total} approvals (by agency in brackets) to the end of the study window; withdrawn ones stay counted"
    )
    return finished(figure, imprint, subtitle, f"Approvals by {years[-1]}: {style.listed(ends)}.")


def cell_type_by_phase(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """Fig. 2a: a bar per primary cell type, shaded by phase."""
    if data.empty:
        return without_trials(imprint)
    every = charts.crossed(data, "cell_type", "phase", order=PHASES)
    table = every.head(_MOST_LABELS)
    figure = style.canvas(7.2, 1.9 + 0.24 * len(table))
    wide, narrow = figure.subplots(1, 2, width_ratios=[1.35, 1], sharey=True)
    charts.stacked_bars(wide, table, style.PHASE_COLOURS, style.PHASE_HATCHES)
    shares = table.div(table.sum(axis=1), axis=0)
    charts.stacked_bars(narrow, shares, style.PHASE_COLOURS, style.PHASE_HATCHES)
    for place, total in enumerate(table.sum(axis=1)):
        wide.text(total + table.sum(axis=1).max() * 0.012, place, thousands(total), va="center", fontsize=8)
    wide.set_xlim(0, table.sum(axis=1).max() * 1.13)
    wide.set_xlabel("Trials")
    narrow.set_xlabel("Share of the cell type's trials")
    narrow.set_xlim(0, 1)
    narrow.xaxis.set_major_formatter(PercentFormatter(1))
    narrow.tick_params(axis="y", labelleft=False)
    figure.legend(*wide.get_legend_handles_labels(), loc="outside lower center", ncols=5)
    total = int(data["n_trials"].sum())
    leading = [f"{name} {count:,}" for name, count in table.sum(axis=1).head(4).items()]
    rest = style.left_out(len(every), len(table), "cell types")
    subtitle = f"n = {thousands(total)} trials in China, each with its primary cell type{rest}"
    return finished(figure, imprint, subtitle, f"{thousands(total)} trials; most frequent: {style.listed(leading)}.")


def targets(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """Fig. 2b: a bar per target, the part with a further target hatched."""
    if data.empty:
        return without_trials(imprint)
    named = data[data["target"] != "not_stated"].head(_MOST_LABELS)
    shown = pd.concat([named, data[data["target"] == "not_stated"]])
    figure = style.canvas(7.2, 1.5 + 0.21 * len(shown))
    axes = figure.add_subplot()
    places = np.arange(len(shown))
    alone = (shown["n_trials"] - shown["n_trials_with_other_target"]).to_numpy(dtype=float)
    colours = [style.ACCENT if name != "not_stated" else "#bdbdbd" for name in shown["target"]]
    axes.barh(places, alone, color=colours, height=0.74, label="the only target", edgecolor=style.MUTED, linewidth=0.4)
    axes.barh(
        places,
        shown["n_trials_with_other_target"],
        left=alone,
        color="#9db8d9",
        hatch="////",
        height=0.74,
        label="with a further target",
        edgecolor=style.MUTED,
        linewidth=0.4,
    )
    for place, row in enumerate(rows_of(shown)):
        share = row.share_of_trials_with_named_target
        text = thousands(row.n_trials) + (
            f"  ({percent(share)})" if pd.notna(share) and row.target != "not_stated" else ""
        )
        axes.text(row.n_trials + shown["n_trials"].max() * 0.008, place, text, va="center", fontsize=8)
    axes.set_yticks(places, [written(name) for name in shown["target"]])
    axes.set_ylim(len(shown) - 0.45, -0.55)
    axes.set_xlim(0, shown["n_trials"].max() * 1.14)
    axes.set_xlabel("Trials (share of the trials that name a target)")
    axes.legend(loc="lower right")
    style.vertical_grid(axes)
    first = data.iloc[0]
    rest = style.left_out(int((data["target"] != "not_stated").sum()), len(named), "targets")
    subtitle = (
        f"n = {thousands(first.n_trials_with_named_target)} trials that name a target, "
        f"of {thousands(first.n_receptor_trials)} with "
        f"antigen-directed cells{rest}"
    )
    leading = [f"{row.target} {row.n_trials} trials" for row in rows_of(named.head(5))]
    return finished(figure, imprint, subtitle, f"Most frequent: {style.listed(leading)}.")


def sponsor_type_by_period(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """Fig. 2c: shares of the two sponsor types, a panel per class, a bar per period."""
    if data.empty:
        return without_trials(imprint)
    figure = style.canvas(7.2, 2.9)
    classes = [name for name in CLASSES if name in set(data["cell_class"])]
    panels = np.atleast_1d(figure.subplots(1, len(classes), sharey=True))
    periods = sorted(data["period"].unique())
    words = []
    for axes, name in zip(panels, classes, strict=True):
        of_class = data[data["cell_class"] == name]
        counts = of_class.pivot_table(
            index="period", columns="sponsor_type", values="n_trials", aggfunc="sum", fill_value=0
        )
        counts = counts.reindex(index=periods, columns=SPONSOR_TYPES, fill_value=0)
        totals = counts.sum(axis=1)
        shares = counts.div(totals.where(totals > 0), axis=0).fillna(0)
        charts.stacked_bars(axes, shares, style.SPONSOR_COLOURS, {"IST": "////"}, write=str)
        for place, period in enumerate(periods):
            ist = shares.loc[period, "IST"]
            axes.text(
                0.02,
                place,
                f"{percent(ist)} IST, n = {thousands(totals[period])}",
                va="center",
                fontsize=8.2,
                color=style.INK,
            )
            words.append(f"{written(name)} {period}: {percent(ist)} of {totals[period]}")
        axes.set_title(written(name))
        axes.set_xlim(0, 1)
        axes.xaxis.set_major_formatter(PercentFormatter(1))
    figure.supxlabel("Share of the trials of the class and period", fontsize=9)
    handles = [
        Patch(
            facecolor=style.SPONSOR_COLOURS[name],
            hatch="////" if name == "IST" else "",
            edgecolor=style.MUTED,
            label=written(name),
        )
        for name in SPONSOR_TYPES
    ]
    figure.legend(handles=handles, loc="outside upper right", ncols=2)
    total = thousands(data["n_trials"].sum())
    subtitle = (
        f"n = {total} trials in China registered from 2000 to the end of the study window; {rule_in_words(imprint)}"
    )
    return finished(figure, imprint, subtitle, f"Share of industry-sponsored trials: {style.listed(words, 6)}.")


def indications_and_targets(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """Fig. 2d: a bar per indication group, its leading targets in words."""
    groups = data[data["target"].isna()].sort_values("n_trials", ascending=False, kind="stable")
    if groups.empty:
        return without_trials(imprint)
    figure = style.canvas(7.2, 1.4 + 0.27 * len(groups))
    axes, beside = figure.subplots(1, 2, width_ratios=[1.7, 1], sharey=True)
    beside.set_axis_off()
    beside.set_title("Leading targets (trials)", fontsize=8.8)
    oncology = {"hematologic_malignancy", "solid_tumor", "cancer_unspecified"}
    colours = [style.ACCENT if name in oncology else "#e8e4d8" for name in groups["indication_group"]]
    hatches = ["" if name in oncology else "////" for name in groups["indication_group"]]
    bars = axes.barh(
        range(len(groups)), groups["n_trials"], color=colours, height=0.74, edgecolor=style.MUTED, linewidth=0.4
    )
    for bar, hatch in zip(bars, hatches, strict=True):
        bar.set_hatch(hatch)
    inside = data[data["target"].notna()]
    for place, row in enumerate(rows_of(groups)):
        leading = inside[inside["indication_group"] == row.indication_group].nlargest(3, "n_trials", keep="first")
        named = ", ".join(f"{item.target} {item.n_trials}" for item in rows_of(leading))
        text = f"{thousands(row.n_trials)} ({percent(row.share_of_trials)})"
        axes.text(row.n_trials + groups["n_trials"].max() * 0.01, place, text, va="center", fontsize=8)
        beside.text(0, place, named, va="center", fontsize=8, color=style.MUTED)
    axes.set_yticks(range(len(groups)), [written(name) for name in groups["indication_group"]])
    axes.set_ylim(len(groups) - 0.45, -0.55)
    axes.set_xlim(0, groups["n_trials"].max() * 1.3)
    axes.set_xlabel("Trials (share of all trials)")
    style.vertical_grid(axes)
    figure.legend(
        handles=[
            Patch(facecolor=style.ACCENT, label="Oncology", edgecolor=style.MUTED),
            Patch(facecolor="#e8e4d8", hatch="////", label="Other disease", edgecolor=style.MUTED),
        ],
        loc="outside upper right",
        ncols=2,
    )
    total = thousands(groups["n_all_trials"].iloc[0])
    words = [f"{written(row.indication_group)} {row.n_trials}" for row in rows_of(groups.head(5))]
    return finished(
        figure,
        imprint,
        f"n = {total} trials in China; a trial of two groups counts in both",
        f"Most: {style.listed(words)}.",
    )


def target_enrollment(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """Fig. 2e: dots and boxes of planned participants, with the tests beside them."""
    if data.empty:
        return without_trials(imprint)
    from analyses.statistics import enrollment_comparisons, written_p  # noqa: PLC0415  # SciPy takes a second to import

    figure = style.canvas(7.6, 4.6)
    classes = [name for name in CLASSES if name in set(data["cell_class"])]
    panels = np.atleast_1d(figure.subplots(1, len(classes), sharey=True))
    tests = enrollment_comparisons(data).set_index("cell_class")
    dice = np.random.default_rng(1)
    words = []
    for axes, name in zip(panels, classes, strict=True):
        for place, sponsor_type in enumerate(SPONSOR_TYPES):
            side = data[(data["cell_class"] == name) & (data["sponsor_type"] == sponsor_type)][
                "target_enrollment"
            ].dropna()
            sizes = side.to_numpy(dtype=float)
            if not len(sizes):
                continue
            axes.scatter(
                place + dice.uniform(-0.28, 0.28, len(sizes)),
                sizes,
                s=9,
                alpha=0.8,
                linewidths=0.25,
                edgecolors=style.MUTED,
                facecolors=style.SPONSOR_COLOURS[sponsor_type],
                marker=style.SPONSOR_MARKERS[sponsor_type],
                rasterized=len(sizes) > 1500,
            )
            axes.boxplot(
                sizes,
                positions=[place],
                widths=0.5,
                showfliers=False,
                whis=(5, 95),
                medianprops={"color": style.INK, "linewidth": 2},
                boxprops={"linewidth": 1},
            )
            axes.text(
                place + 0.29, float(np.median(sizes)), f"{np.median(sizes):g}", va="center", fontsize=9, weight="bold"
            )
        row = tests.loc[str(name)].to_dict()
        axes.set_yscale("log")
        axes.yaxis.set_major_locator(FixedLocator([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000]))
        axes.yaxis.set_minor_locator(NullLocator())
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.set_xlim(-0.55, 1.62)
        axes.set_xticks(
            range(2),
            [
                f"{kind}\nn = {row[f'n_{kind.lower()}']:,.0f}\nmissing {row[f'n_missing_{kind.lower()}']:,.0f}"
                for kind in SPONSOR_TYPES
            ],
        )
        fewest = int(min(row[f"n_{kind.lower()}"] for kind in SPONSOR_TYPES))
        if 0 < fewest < _FEWEST_FOR_TEST:
            result = (
                f"not tested: one side has {fewest} trial{'s' if fewest > 1 else ''},\nfewer than {_FEWEST_FOR_TEST}"
            )
            words.append(f"{written(name)}: not tested, one side has {fewest}")
        elif "p_value" in row and pd.notna(row["p_value"]):
            has_interval = pd.notna(row["rank_biserial_low"])
            interval = (
                f"({row['rank_biserial_low']:+.2f} to {row['rank_biserial_high']:+.2f})"
                if has_interval
                else "(n too small)"
            )
            p_value = written_p(float(row["p_value"]))
            result = (
                f"Mann-Whitney {p_value}\n"
                f"shift {row['hodges_lehmann_shift']:+g} ({row['shift_low']:+g} to "
                f"{row['shift_high']:+g})\nrank-biserial {row['rank_biserial']:+.2f} {interval}"
            )
            words.append(f"{written(name)}: median IIT {row['median_iit']:g}, IST {row['median_ist']:g}, {p_value}")
        else:
            result = "not tested: one side has no trial"
            words.append(f"{written(name)}: not tested")
        axes.set_title(written(name))
        axes.text(0.02, 0.985, result, transform=axes.transAxes, va="top", fontsize=7.6, color=style.MUTED)
        style.horizontal_grid(axes)
        low, high = axes.get_ylim()
        axes.set_ylim(max(low, 0.8), high)
    lowest, highest = panels[0].get_ylim()
    panels[0].set_ylim(lowest, highest * (highest / lowest) ** 0.17)
    panels[0].set_ylabel("Planned participants (logarithmic scale)")
    subtitle = (
        f"n = {thousands(data['target_enrollment'].notna().sum())} trials in China that state a number, "
        f"of {thousands(len(data))}; "
        "boxes: quartiles, whiskers: 5th and 95th percentile"
    )
    figure.supxlabel(rule_in_words(imprint), fontsize=9)
    return finished(figure, imprint, subtitle, f"{'; '.join(words)}.")


def inclusion_flow(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """eFig. 1: boxes from the registries to the landscape, with the reasons of exclusion."""
    if data.empty:
        return without_trials(imprint)
    by_registry = data.groupby("registry")["n_registrations"].sum().sort_values(ascending=False)
    excluded = (
        data[data["decision"] == "excluded"].groupby("reason")["n_registrations"].sum().sort_values(ascending=False)
    )
    duplicates = int(data.loc[data["decision"] == "duplicate", "n_registrations"].sum())
    scopes = data[data["decision"] == "included"].groupby("scope")["n_registrations"].sum()
    found, included = int(by_registry.sum()), int(scopes.sum())
    in_landscape = int(scopes.get("in_landscape", 0))
    figure = style.canvas(7.6, 5.6 + 0.12 * max(len(excluded) - 8, 0))
    axes = figure.add_subplot()
    axes.set_axis_off()
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)

    def box(y: float, height: float, text: str, *, colour: str = "#eef3f9", size: float = 8.8) -> None:
        x, width = 2, 42
        axes.add_patch(
            FancyBboxPatch(
                (x, y),
                width,
                height,
                boxstyle="round,pad=0.4,rounding_size=1",
                facecolor=colour,
                edgecolor=style.MUTED,
                linewidth=0.8,
            )
        )
        axes.text(x + width / 2, y + height / 2, text, ha="center", va="center", fontsize=size, linespacing=1.35)

    def side_box(y: float, height: float, text: str) -> None:
        axes.add_patch(
            FancyBboxPatch(
                (54, y),
                45,
                height,
                boxstyle="round,pad=0.4,rounding_size=1",
                facecolor="#faf7ef",
                edgecolor=style.MUTED,
                linewidth=0.8,
            )
        )
        axes.text(55.5, y + height / 2, text, ha="left", va="center", fontsize=8.2, linespacing=1.3)

    def arrow(start: tuple[float, float], end: tuple[float, float]) -> None:
        axes.add_patch(FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=11, color=style.MUTED, linewidth=1))

    registries = "\n".join(f"{written(name)}: {count:,}" for name, count in by_registry.items())
    box(77, 22, f"Registrations held: {found:,}\n{registries}")
    reasons = [f"{written(reason)}: {count:,}" for reason, count in excluded.items()]
    most = 11
    if len(reasons) > most:
        reasons = [
            *reasons[: most - 1],
            f"{len(reasons) - most + 1} further reasons: {excluded.iloc[most - 1 :].sum():,}",
        ]
    height = 5 + 3.5 * len(reasons)
    side_box(min(74 - height / 2, 99 - height), height, "\n".join([f"Excluded: {excluded.sum():,}", *reasons]))
    box(57, 10, f"Registrations of cell therapy: {included + duplicates:,}")
    side_box(46.5, 6, f"Merged into another registration's trial: {duplicates:,}")
    box(33, 10, f"Trials world-wide: {included:,}")
    outside, too_early = int(scopes.get("outside_china", 0)), int(scopes.get("outside_study_window", 0))
    side_box(20, 9, f"Not in China: {outside:,}\nIn China, outside the study window: {too_early:,}")
    box(4, 11, f"Trials in China in the study window:\n{in_landscape:,}", colour="#cfe0f1", size=9.6)
    for top, bottom, aside in ((76.2, 68.0, 72.5), (56.2, 44.0, 49.5), (32.2, 16.2, 24.5)):
        arrow((23, top), (23, bottom))
        arrow((23, aside), (53.4, aside))
    words = (
        f"{found:,} registrations held, {excluded.sum():,} excluded, {duplicates:,} merged, "
        f"{included:,} trials world-wide, {in_landscape:,} in China in the study window."
    )
    return finished(figure, imprint, f"n = {found:,} registrations", words)


def approved_products_by_agency(data: pd.DataFrame, imprint: Imprint, published: dict[str, float]) -> Drawing:
    """eFig. 2: bars of approved products by agency and class, withdrawn ones hatched, the paper's counts as markers."""
    figure = style.canvas(7.2, 3.6)
    axes = figure.add_subplot()
    agencies = [agency for agency in AGENCIES if agency in set(data["agency"])]
    words = []
    for place, agency in enumerate(agencies):
        left = 0.0
        of_agency = data[data["agency"] == agency]
        for state in ("valid", "withdrawn"):
            for name in CLASSES:
                count = float(
                    of_agency[(of_agency["state"] == state) & (of_agency["cell_class"] == name)]["n_products"].sum()
                )
                axes.barh(
                    place,
                    count,
                    left=left,
                    height=0.62,
                    edgecolor=style.INK if state == "withdrawn" else style.MUTED,
                    linewidth=0.5,
                    color=style.CLASS_COLOURS[name],
                    alpha=0.35 if state == "withdrawn" else 1,
                    hatch="xxxx" if state == "withdrawn" else style.CLASS_HATCHES[name],
                )
                left += count
        valid = int(of_agency.loc[of_agency["state"] == "valid", "n_products"].sum())
        axes.text(
            max(left, published.get(agency, 0)) + 0.5,
            place,
            f"{left:.0f} approved, {valid} valid",
            va="center",
            fontsize=8.5,
        )
        words.append(f"{agency} {left:.0f} approved, {valid} valid")
        if agency in published:
            axes.plot(
                [published[agency]] * 2, [place - 0.42, place + 0.42], color=style.SPONSOR_COLOURS["IST"], linewidth=2.4
            )
    axes.set_yticks(range(len(agencies)), agencies)
    axes.set_ylim(len(agencies) - 0.4, -0.6)
    axes.set_xlim(0, data.groupby("agency")["n_products"].sum().max() * 1.3)
    axes.set_xlabel("Products")
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    style.vertical_grid(axes)
    handles: list[mpl.artist.Artist] = [
        Patch(
            facecolor=style.CLASS_COLOURS[name],
            hatch=style.CLASS_HATCHES[name],
            edgecolor=style.MUTED,
            label=written(name),
        )
        for name in CLASSES
    ]
    handles.append(Patch(facecolor="white", hatch="xxxx", edgecolor=style.INK, label="withdrawn or lapsed"))
    if published:
        handles.append(
            mpl.lines.Line2D([], [], color=style.SPONSOR_COLOURS["IST"], linewidth=2.4, label="count in the paper")
        )
    axes.legend(handles=handles, loc="lower right")
    subtitle = f"n = {data['n_products'].sum()} approvals of a product by an agency up to the end of the study window"
    return finished(figure, imprint, subtitle, f"{'; '.join(words)}.")


def trials_per_year_by_class(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """eFig. 3: stacked bars per year."""
    if data.empty:
        return without_trials(imprint)
    figure = style.canvas(7.2, 3.9)
    axes = figure.add_subplot()
    table = charts.with_all_years(charts.crossed(data, "cell_class", "registration_year")).T
    table = table[[name for name in CLASSES if name in table.columns]].sort_index()
    charts.stacked_bars(axes, table, style.CLASS_COLOURS, style.CLASS_HATCHES, horizontal=False)
    totals = table.sum(axis=1)
    for place, total in enumerate(totals):
        if total:
            axes.text(place, total + totals.max() * 0.012, thousands(total), ha="center", fontsize=7.8)
    axes.set_xticks(
        range(len(table)), [f"{year}" if (len(table) < 14 or year % 2 == 0) else "" for year in table.index]
    )
    axes.set_ylim(0, totals.max() * 1.08)
    axes.set_ylabel("Trials registered")
    axes.set_xlabel("Year of registration (the last one up to the end of the study window)")
    axes.legend(loc="upper left")
    peak = totals.idxmax()
    subtitle = f"n = {thousands(totals.sum())} trials in China"
    return finished(
        figure,
        imprint,
        subtitle,
        f"{thousands(totals.sum())} trials from {table.index[0]} to {table.index[-1]}; "
        f"most in {peak}: {thousands(totals.max())}.",
    )


def trials_per_year_by_cell_type(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """eFig. 4: a small panel per cell type."""
    if data.empty:
        return without_trials(imprint)
    table = charts.with_all_years(charts.crossed(data, "cell_type", "registration_year"))
    shown = table.head(16)
    figure = style.canvas(7.6, 1.5 + 1.15 * -(-len(shown) // 4))
    charts.year_panels(figure, shown, 4, "last year not complete")
    rest = style.left_out(len(table), len(shown), "cell types")
    words = [f"{name} {row.sum():.0f}" for name, row in shown.head(5).iterrows()]
    subtitle = f"n = {_labelled(data)} trials in China (by cell type in brackets); scales differ{rest}"
    return finished(figure, imprint, subtitle, f"Totals: {style.listed(words)}.")


def _labelled(data: pd.DataFrame) -> str:
    """Return the number of trials behind a count of labels by year, each once."""
    return thousands(data.drop_duplicates("registration_year")["n_labelled_trials_of_year"].sum())


def _labels_by_year(data: pd.DataFrame, imprint: Imprint, label: str, most: int, what: str) -> Drawing:
    if data.empty:
        return without_trials(imprint)
    table = charts.with_all_years(charts.crossed(data, label, "registration_year"))
    table = table[sorted(table.columns)]
    shown = table.head(most)
    figure = style.canvas(7.6, 1.7 + 0.235 * len(shown))
    axes = figure.add_subplot()
    charts.shaded_table(
        axes, shown, rotate=False, write=lambda name: written(name) if isinstance(name, str) else f"{name}"
    )
    axes.set_xticklabels([f"{year % 100:02d}" if len(shown.columns) > 14 else f"{year}" for year in shown.columns])
    axes.set_xlabel(f"Year of registration ({shown.columns[0]}-{shown.columns[-1]}; last year not complete)")
    axes.xaxis.set_label_position("top")
    rest = style.left_out(len(table), len(shown), "ones")
    words = [f"{written(name)} {row.sum():.0f}" for name, row in shown.head(5).iterrows()]
    subtitle = f"n = {_labelled(data)} trials in China with {what}; one of two counts in both rows{rest}"
    return finished(figure, imprint, subtitle, f"Totals: {style.listed(words)}.")


def trials_per_year_by_target(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """eFig. 5: targets by years as a shaded table."""
    return _labels_by_year(data, imprint, "target", 30, "a named target")


def trials_per_year_by_indication(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """eFig. 6: indication groups by years as a shaded table."""
    return _labels_by_year(data, imprint, "indication_group", 20, "an indication group")


def targets_by_cell_type(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """eFig. 7 and 8: targets by cell type as a shaded table."""
    if data.empty:
        return without_trials(imprint)
    table = charts.crossed(data, "target", "cell_type")
    shown = charts.unstated_last(table.head(30))
    shown = shown.loc[:, shown.sum(axis=0) > 0]
    figure = style.canvas(max(6.6, min(3.4 + 0.55 * len(shown.columns), 7.6)), 2.1 + 0.235 * len(shown))
    axes = figure.add_subplot()
    charts.shaded_table(axes, shown)
    rest = style.left_out(len(table), len(shown), "targets")
    pairs = data.head(4)
    words = [f"{written(row.target)} with {written(row.cell_type)} {row.n_trials}" for row in rows_of(pairs)]
    subtitle = (
        f"n = {thousands(data['n_trials_with_target'].iloc[0])} trials in China with antigen-directed cells{rest}"
    )
    return finished(figure, imprint, subtitle, f"Most frequent pairs: {style.listed(words)}.")


def approval_spans(data: pd.DataFrame, imprint: Imprint, study_end: pd.Timestamp) -> Drawing:
    """eTable 2: a line per product from approval to withdrawal."""
    shown = data[data["is_approved_at_study_end"]].copy()
    shown["approved_on"] = pd.to_datetime(shown["approved_on"])
    ends = pd.to_datetime(shown["withdrawn_on"]).fillna(study_end)
    shown["ends_on"] = ends.where(ends <= study_end, study_end)
    agencies = [agency for agency in AGENCIES if agency in set(shown["agency"])]
    halves = [[agency for agency in agencies if agency in ("FDA",)], [agency for agency in agencies if agency != "FDA"]]
    rows = [sum(len(shown[shown["agency"] == agency]) + 1 for agency in half) for half in halves]
    figure = style.canvas(7.8, 1.5 + 0.152 * max(rows))
    for axes, half in zip(figure.subplots(1, 2), halves, strict=True):
        place, ticks, names = 0, [], []
        for agency in half:
            ticks.append(place)
            names.append(agency)
            place += 1
            for row in rows_of(shown[shown["agency"] == agency].sort_values(["approved_on", "product"])):
                colour = style.CLASS_COLOURS[row.cell_class]
                axes.plot(
                    [row.approved_on, row.ends_on],
                    [place, place],
                    color=style.MUTED,
                    linewidth=5.4,
                    solid_capstyle="butt",
                )
                axes.plot(
                    [row.approved_on + pd.Timedelta(days=25), row.ends_on],
                    [place, place],
                    color=colour,
                    linewidth=4.2,
                    solid_capstyle="butt",
                )
                axes.plot(
                    row.approved_on,
                    place,
                    marker="o",
                    color=colour,
                    markersize=4.6,
                    markeredgecolor=style.INK,
                    markeredgewidth=0.5,
                )
                if row.ends_on < study_end:
                    axes.plot(row.ends_on, place, marker="x", color=style.INK, markersize=5, markeredgewidth=1.4)
                ticks.append(place)
                names.append(
                    f"{row.product}{f' {row.local_name}' if isinstance(row.local_name, str) and row.local_name else ''}"
                )
                place += 1
        axes.set_yticks(ticks, [style.shorten(name, 30) for name in names], fontsize=7)
        for tick, name in zip(axes.get_yticklabels(), names, strict=True):
            if name in agencies:
                tick.set_fontweight("bold")
                tick.set_fontsize(8.5)
        axes.set_ylim(max(rows) - 0.4, -0.6)
        axes.set_xlim(pd.Timestamp("2006-06-01"), study_end + pd.Timedelta(days=150))
        axes.xaxis.set_major_locator(dates.YearLocator(5))
        axes.xaxis.set_major_formatter(dates.DateFormatter("%Y"))
        style.vertical_grid(axes)
    handles: list[mpl.artist.Artist] = [
        Patch(facecolor=style.CLASS_COLOURS[name], edgecolor=style.MUTED, label=written(name)) for name in CLASSES
    ]
    handles.append(mpl.lines.Line2D([], [], color=style.INK, marker="x", linestyle="", label="withdrawn or lapsed"))
    figure.legend(handles=handles, loc="outside lower center", ncols=4)
    subtitle = f"n = {len(shown)} approvals up to {study_end:%Y-%m-%d}; earlier than 2006 cut off at the left"
    counts = [f"{agency} {len(shown[shown['agency'] == agency])}" for agency in agencies]
    return finished(figure, imprint, subtitle, f"Approvals: {style.listed(counts)}.")


def _share_table(
    data: pd.DataFrame, imprint: Imprint, column: str, order: tuple[str, ...] | None, subtitle: str
) -> Drawing:
    if data.empty:
        return without_trials(imprint)
    counts = charts.crossed(data, "cell_type", column, order=order)
    totals = data.drop_duplicates("cell_type").set_index("cell_type")["n_trials_of_cell_type"].reindex(counts.index)
    counts = counts.loc[totals.sort_values(ascending=False, kind="stable").index]
    totals = totals.loc[counts.index]
    counts.index = [f"{written(name)} ({total:,})" for name, total in totals.items()]
    shares = counts.div(totals.to_numpy(), axis=0)
    figure = style.canvas(7.6, 2.25 + 0.225 * len(counts))
    axes = figure.add_subplot()
    charts.shaded_table(axes, counts, shading=shares)
    leading = data.nlargest(4, "n_trials", keep="first")
    words = [f"{written(row.cell_type)} {written(getattr(row, column))} {row.n_trials}" for row in rows_of(leading)]
    return finished(figure, imprint, subtitle, f"Most frequent: {style.listed(words)}.")


def cell_types_and_phases(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """eTable 3: cell types by phase, shaded by the share within the cell type."""
    return _share_table(
        data,
        imprint,
        "phase",
        PHASES,
        "Numbers are trials in China, counted with each of their cell types; shading: share of the cell type's trials",
    )


def cell_types_and_indications(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """eTable 4: cell types by indication group, shaded by the share within the cell type."""
    return _share_table(
        data,
        imprint,
        "indication_group",
        None,
        "Numbers are trials in China, counted for each of their pairs; shading: share of the cell type's trials",
    )


def targets_by_sponsor_type(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """eTable 5: a bar per target, split by sponsor type."""
    if data.empty:
        return without_trials(imprint)
    table = charts.crossed(data, "target", "sponsor_type").reindex(columns=SPONSOR_TYPES, fill_value=0)
    shown = charts.unstated_last(table.head(30))
    figure = style.canvas(7.2, 1.5 + 0.205 * len(shown))
    axes = figure.add_subplot()
    charts.stacked_bars(axes, shown, style.SPONSOR_COLOURS, {"IST": "////"})
    totals = shown.sum(axis=1)
    for place, (total, industry) in enumerate(zip(totals, shown["IST"], strict=True)):
        axes.text(
            total + totals.max() * 0.008,
            place,
            f"{industry:.0f} of {total:.0f} IST",
            va="center",
            fontsize=7.8,
        )
    axes.set_xlim(0, totals.max() * 1.16)
    axes.set_xlabel(f"Trials ({rule_in_words(imprint)})")
    axes.legend(loc="lower right")
    rest = style.left_out(len(table), len(shown), "targets")
    words = [
        f"{written(name)} {industry:.0f} of {total:.0f}"
        for name, industry, total in zip(shown.index[:5], shown["IST"], totals, strict=False)
    ]
    return finished(
        figure,
        imprint,
        f"Trials in China by target; one of two targets counts for both{rest}",
        f"Industry-sponsored: {style.listed(words)}.",
    )


def sponsor_type_distributions(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """eTables 6-8: shares of each label among IIT and IST as paired dots, a panel per dimension with its test."""
    if data.empty:
        return without_trials(imprint)
    from analyses.statistics import distribution_tests, written_p  # noqa: PLC0415  # SciPy takes a second to import

    tests = distribution_tests(data)
    dimensions = ["phase", "indication_group", "cell_type"]
    kept = {}
    for dimension in dimensions:
        of_dimension = data[data["dimension"] == dimension]
        order = PHASES if dimension == "phase" else None
        table = charts.crossed(of_dimension, "label", "sponsor_type").reindex(columns=SPONSOR_TYPES, fill_value=0)
        if order:
            table = table.loc[[name for name in order if name in table.index]]
        kept[dimension] = table.head(_MOST_LABELS)
    figure = style.canvas(7.8, max(2.3 + 0.26 * max(len(table) for table in kept.values()), 3.5))
    totals = (
        data[data["dimension"] == "cell_type"]
        .groupby("sponsor_type")["n_trials"]
        .sum()
        .reindex(SPONSOR_TYPES, fill_value=0)
    )
    words = []
    for axes, dimension in zip(figure.subplots(1, 3), dimensions, strict=True):
        table = kept[dimension]
        sums = (
            data[data["dimension"] == dimension]
            .groupby("sponsor_type")["n_trials"]
            .sum()
            .reindex(SPONSOR_TYPES, fill_value=0)
        )
        shares = table.div(sums.where(sums > 0), axis=1)
        for place, (_, row) in enumerate(shares.iterrows()):
            axes.plot([row["IIT"], row["IST"]], [place, place], color=style.GRID, linewidth=2, zorder=1)
        for sponsor_type in SPONSOR_TYPES:
            axes.scatter(
                shares[sponsor_type],
                range(len(shares)),
                s=34,
                color=style.SPONSOR_COLOURS[sponsor_type],
                marker=style.SPONSOR_MARKERS[sponsor_type],
                edgecolors=style.INK,
                linewidths=0.5,
                label=written(sponsor_type),
                zorder=2,
            )
        axes.set_yticks(
            range(len(shares)), [f"{written(name)} ({table.loc[name].sum()})" for name in shares.index], fontsize=8
        )
        axes.set_ylim(max(len(table) for table in kept.values()) - 0.4, -0.6)
        axes.set_xlim(-0.05, 1.05)
        axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        axes.xaxis.set_major_locator(FixedLocator([0, 0.5, 1]))
        style.vertical_grid(axes)
        found = tests[tests["dimension"] == dimension] if len(tests) else tests
        if len(found):
            row = found.iloc[0]
            test = str(row["test"]).partition(" (")[0]
            outcome = f"{test}, V = {row['cramers_v']:.2f}\n{written_p(row['p_value_holm'])} (Holm)"
            words.append(f"{written(dimension)}: {written_p(row['p_value_holm'])}")
        else:
            outcome = "not tested: one side\nhas no trials"
            words.append(f"{written(dimension)}: not tested")
        axes.set_title(written(dimension), pad=27)
        axes.text(0, 1.02, outcome, transform=axes.transAxes, fontsize=7.6, color=style.MUTED, va="bottom")
    figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="outside upper right", ncols=2)
    figure.supxlabel("Share of the trials of the sponsor type", fontsize=9)
    subtitle = (
        f"n = {totals['IIT']:,} IIT and {totals['IST']:,} IST in China (trials in brackets); {rule_in_words(imprint)}"
    )
    return finished(figure, imprint, subtitle, f"Tests of a difference: {'; '.join(words)}.")
