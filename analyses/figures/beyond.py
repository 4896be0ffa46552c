"""Figures of the questions beyond the paper, and of the comparison with it."""

from datetime import date

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib import dates
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator, PercentFormatter

from analyses.figures import charts, style
from analyses.figures.labels import CLASSES, SPONSOR_RULE_IN_WORDS, SPONSOR_RULES, SPONSOR_TYPES, written
from analyses.figures.paper import finished, rule_in_words, without_trials
from analyses.figures.style import Drawing, Imprint, percent, thousands
from analyses.published import rows_of

# Provinces as tiles, about where they lie: (column, row). Hong Kong, Macau and Taiwan are shown where they are counted.
_TILES = {
    "Heilongjiang": (9, 0),
    "Inner Mongolia": (7, 1),
    "Jilin": (9, 1),
    "Xinjiang": (2, 2),
    "Ningxia": (5, 2),
    "Shanxi": (6, 2),
    "Hebei": (7, 2),
    "Beijing": (8, 2),
    "Liaoning": (9, 2),
    "Gansu": (4, 3),
    "Shaanxi": (5, 3),
    "Henan": (6, 3),
    "Shandong": (7, 3),
    "Tianjin": (8, 3),
    "Qinghai": (3, 3),
    "Tibet": (2, 4),
    "Sichuan": (4, 4),
    "Chongqing": (5, 4),
    "Hubei": (6, 4),
    "Anhui": (7, 4),
    "Jiangsu": (8, 4),
    "Shanghai": (9, 4),
    "Yunnan": (4, 5),
    "Guizhou": (5, 5),
    "Hunan": (6, 5),
    "Jiangxi": (7, 5),
    "Zhejiang": (8, 5),
    "Guangxi": (5, 6),
    "Guangdong": (6, 6),
    "Fujian": (7, 6),
    "Hainan": (5, 7),
    "Macau": (6, 7),
    "Hong Kong": (7, 7),
    "Taiwan": (8, 6),
}
# Names too long for a tile in readable letters.
_TWO_LINES = {
    "Heilongjiang": "Heilong-\njiang",
    "Inner Mongolia": "Inner\nMongolia",
    "Chongqing": "Chong-\nqing",
    "Guangdong": "Guang-\ndong",
    "Hong Kong": "Hong\nKong",
}
_ALWAYS_SHOWN = set(_TILES) - {"Macau", "Hong Kong", "Taiwan"}
_OPEN_ENDED = (
    "completed",
    "active_not_recruiting",
    "enrolling_by_invitation",
    "recruiting",
    "not_yet_recruiting",
    "suspended",
    "terminated",
    "withdrawn",
    "unknown",
)
_STATUS_COLOURS = {
    "completed": "#145291",
    "active_not_recruiting": "#5d9fcd",
    "enrolling_by_invitation": "#94c0e0",
    "recruiting": "#94c0e0",
    "not_yet_recruiting": "#dbe8f4",
    "suspended": "#f0a232",
    "terminated": "#eab28a",
    "withdrawn": "#d99aa0",
    "unknown": "#ffffff",
}
_STATUS_HATCHES = {
    "unknown": "////",
    "suspended": "||||",
    "terminated": "xxxx",
    "withdrawn": "\\\\\\\\",
    "enrolling_by_invitation": "----",
}
_TIMELINESS = {
    "prospective": "#145291",
    "within_a_month": "#94c0e0",
    "retrospective": "#d1622b",
    "not_known": "#ffffff",
}
_TIMELINESS_HATCHES = {"retrospective": "xxxx", "not_known": "////"}
_PHASE_SIZES = {
    "early_phase_1": 22,
    "phase_1": 26,
    "phase_1_2": 40,
    "phase_2": 58,
    "phase_2_3": 80,
    "phase_3": 104,
    "phase_4": 130,
}

_MEASURES = {
    "target_share_2021_2023": "Target share 2021-2023",
    "median_target_enrollment": "Median enrolment",
    "other_total": "Others",
    "target_share_2021_2023_world": "Target share 2021-2023",
    "cell_type_share_of_cd19": "Share of the CD19 trials",
}


def sponsor_rules(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A1: share of IST under each rule, a line per class."""
    if data.empty:
        return without_trials(imprint)
    figure = style.canvas(7.2, 4.2)
    axes = figure.add_subplot()
    words = []
    total = data.groupby("rule")["n_trials"].sum().max()
    for offset, name in enumerate(name for name in CLASSES if name in set(data["cell_class"])):
        of_class = data[data["cell_class"] == name].set_index("rule").reindex(SPONSOR_RULES)
        places = np.arange(len(SPONSOR_RULES)) + (offset - 1) * 0.26
        axes.hlines(places, 0, of_class["share_ist"], color=style.GRID, linewidth=2)
        axes.scatter(
            of_class["share_ist"],
            places,
            s=60,
            color=style.CLASS_COLOURS[name],
            edgecolors=style.INK,
            linewidths=0.6,
            marker=style.CLASS_MARKERS[name],
            zorder=3,
            clip_on=False,
            label=f"{written(name)} (n = {of_class['n_trials'].max():,.0f})",
        )
        for place, row in zip(places, rows_of(of_class), strict=True):
            if pd.notna(row.share_ist):
                axes.annotate(
                    f"{percent(row.share_ist)}  ({row.n_ist:.0f})",
                    (row.share_ist, place),
                    (8, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=8,
                )
        spread = of_class["share_ist"]
        words.append(f"{written(name)} from {percent(spread.min())} to {percent(spread.max())} IST")
    axes.set_yticks(
        range(len(SPONSOR_RULES)),
        [
            "Regulatory: approval stated\nor CDE registration",
            "Lead: a company leads",
            "Any role: a company\nhas any role",
            "Agent: the product has\na regulatory trial",
        ],
    )
    axes.set_ylim(len(SPONSOR_RULES) - 0.5, -0.5)
    axes.set_xlim(0, min(data["share_ist"].max() * 1.25 + 0.02, 1.1))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("Share of trials that are industry-sponsored (number in brackets)")
    figure.legend(*axes.get_legend_handles_labels(), loc="outside upper right", ncols=3)
    style.vertical_grid(axes)
    return finished(
        figure,
        imprint,
        f"n = {thousands(total)} trials in China, each judged by all four rules",
        f"{'; '.join(words)}.",
    )


def sponsor_rule_agreement(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A2: combinations of verdicts as filled and hollow dots, with the number of trials."""
    if data.empty:
        return without_trials(imprint)
    shown = data.head(16)
    figure = style.canvas(7.2, 1.6 + 0.26 * len(shown))
    dots, bars = figure.subplots(1, 2, width_ratios=[1, 2.2], sharey=True)
    for place, row in enumerate(rows_of(shown)):
        for column, rule in enumerate(SPONSOR_RULES):
            is_ist = getattr(row, rule) == "IST"
            dots.scatter(
                column,
                place,
                s=58,
                facecolors=style.SPONSOR_COLOURS["IST"] if is_ist else "white",
                edgecolors=style.SPONSOR_COLOURS["IST"] if is_ist else "#a0a0a0",
                linewidths=1,
                zorder=3,
            )
    dots.set_xticks(range(4), ["regula-\ntory", "lead", "any\nrole", "agent"], fontsize=8)
    dots.set_xlim(-0.6, 3.6)
    dots.xaxis.tick_top()
    dots.tick_params(length=0, labelleft=False)
    for spine in dots.spines.values():
        spine.set_visible(False)
    unanimous = [len({row.regulatory, row.lead, row.any_role, row.agent}) == 1 for row in rows_of(shown)]
    bars.barh(
        range(len(shown)),
        shown["n_trials"],
        height=0.66,
        color=["#b9c6d6" if same else style.ACCENT for same in unanimous],
        edgecolor=style.MUTED,
        linewidth=0.4,
    )
    total = int(data["n_trials"].sum())
    for place, count in enumerate(shown["n_trials"]):
        bars.text(
            count + shown["n_trials"].max() * 0.01,
            place,
            f"{thousands(count)} ({percent(count / total)})",
            va="center",
            fontsize=8,
        )
    bars.set_xlim(0, shown["n_trials"].max() * 1.2)
    bars.set_ylim(len(shown) - 0.4, -0.6)
    bars.set_xlabel("Trials (light: all four rules agree)")
    style.vertical_grid(bars)
    agree = int(sum(count for count, same in zip(shown["n_trials"], unanimous, strict=True) if same))
    subtitle = f"n = {thousands(total)} trials in China; filled: industry-sponsored under the rule"
    return finished(figure, imprint, subtitle, f"All four rules agree on {agree:,} of {total:,} trials.")


def target_concentration(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A3: four panels of lines, China beside the rest of the world."""
    if data.empty:
        return without_trials(imprint)
    figure = style.canvas(7.6, 5.2)
    panels = figure.subplots(2, 2, sharex=True).ravel()
    measures = [
        ("top_two_share", "Share of trials at the top two targets"),
        ("herfindahl_index", "Herfindahl index (1: one target)"),
        ("effective_targets", "Effective number of targets"),
        ("n_new_targets", "Targets new in the year"),
    ]
    for axes, (measure, title) in zip(panels, measures, strict=True):
        for scope, colour in style.SCOPE_COLOURS.items():
            of_scope = data[data["scope"] == scope].sort_values("registration_year")
            enough = of_scope["n_trials_with_target"] >= 5
            axes.plot(
                of_scope["registration_year"],
                of_scope[measure],
                color=colour,
                linewidth=1.2,
                linestyle="-" if scope == "china" else (0, (4, 2)),
            )
            axes.scatter(
                of_scope["registration_year"],
                of_scope[measure],
                s=24,
                marker=style.SCOPE_MARKERS[scope],
                edgecolors=colour,
                linewidths=1.1,
                facecolors=[colour if many else "white" for many in enough],
                label=written(scope),
                zorder=3,
                clip_on=False,
            )
        axes.set_title(title)
        axes.xaxis.set_major_locator(MaxNLocator(7, integer=True))
        if measure in ("top_two_share",):
            axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        axes.set_ylim(bottom=0)
        style.horizontal_grid(axes)
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper right", ncols=2)
    figure.supxlabel("Year of registration (last year not complete)", fontsize=9)
    counts = data.groupby("scope")["n_trials_with_target"].sum()
    last = (
        data[(data["scope"] == "china") & (data["n_trials_with_target"] >= 5)].sort_values("registration_year").tail(1)
    )
    words = "".join(
        f"In {row.registration_year} the top two in China, {row.top_target} and {row.second_target}, "
        f"held {percent(row.top_two_share)} of trials."
        for row in rows_of(last)
    )
    subtitle = (
        f"n = {counts.get('china', 0):,} trials in China and {counts.get('outside_china', 0):,} elsewhere "
        "that name a target; open: fewer than 5 trials"
    )
    return finished(figure, imprint, subtitle, words)


def target_first_movers(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A4: a dumbbell per target, from the first trial elsewhere to the first in China."""
    if data.empty:
        return without_trials(imprint)
    shown = data.nlargest(28, "n_trials_in_china", keep="first").sort_values("first_registered_in_china", kind="stable")
    figure = style.canvas(7.6, 1.6 + 0.225 * len(shown))
    axes = figure.add_subplot()
    china = pd.to_datetime(shown["first_registered_in_china"])
    elsewhere = pd.to_datetime(shown["first_registered_elsewhere"])
    for place, (home, abroad) in enumerate(zip(china, elsewhere, strict=True)):
        if pd.notna(home) and pd.notna(abroad):
            axes.plot(dates.date2num([home, abroad]), [place, place], color="#c9c9c9", linewidth=2, zorder=1)
    places = np.arange(len(shown))
    axes.scatter(
        elsewhere,
        places,
        s=34,
        facecolors="white",
        edgecolors=style.SCOPE_COLOURS["outside_china"],
        marker="s",
        linewidths=1.2,
        label="first trial elsewhere",
        zorder=2,
    )
    axes.scatter(
        china, places, s=36, color=style.SCOPE_COLOURS["china"], marker="o", label="first trial in China", zorder=3
    )
    for place, row in enumerate(rows_of(shown)):
        sponsor = row.first_sponsor_in_china if isinstance(row.first_sponsor_in_china, str) else "sponsor not stated"
        axes.annotate(
            style.shorten(sponsor, 40),
            (1.01, place),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=7.2,
            color=style.MUTED,
            annotation_clip=False,
        )
    axes.set_yticks(
        places,
        [f"{written(name)} ({count})" for name, count in zip(shown["target"], shown["n_trials_in_china"], strict=True)],
    )
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.xaxis.set_major_formatter(dates.DateFormatter("%Y"))
    axes.set_xlabel("Date of registration; on the right the lead sponsor of the first trial in China")
    axes.xaxis.set_major_locator(dates.AutoDateLocator(minticks=3, maxticks=9))
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2)
    style.vertical_grid(axes)
    behind = data["days_behind_elsewhere"].dropna()
    first = int((behind < 0).sum() + data["first_registered_elsewhere"].isna().sum())
    subtitle = f"The {len(shown)} targets with most trials in China (number in brackets), of {len(data)} tried there"
    median = (
        f"; median lag of the others {behind[behind >= 0].median() / 365.25:.1f} years" if (behind >= 0).any() else ""
    )
    return finished(
        figure, imprint, subtitle, f"China was first, or alone, with {first} of {len(data)} targets{median}."
    )


def sponsors_per_pair(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A5: number of sponsors by target and indication group."""
    if data.empty:
        return without_trials(imprint)
    table = charts.crossed(data, "target", "indication_group", "n_sponsors")
    trials = charts.crossed(data, "target", "indication_group").reindex(index=table.index, columns=table.columns)
    order = trials.sum(axis=1).sort_values(ascending=False, kind="stable").index[:26]
    shown = table.loc[order]
    shown = shown.loc[:, shown.sum(axis=0) > 0]
    figure = style.canvas(max(6.6, min(3.2 + 0.5 * len(shown.columns), 7.6)), 2.35 + 0.225 * len(shown))
    axes = figure.add_subplot()
    charts.shaded_table(axes, shown)
    top = data.head(3)
    words = [
        f"{row.target} in {written(row.indication_group)}: {row.n_sponsors} sponsors, {row.n_trials} trials"
        for row in rows_of(top)
    ]
    crowded = int((data["n_sponsors"] >= 10).sum())
    rest = style.left_out(len(table), len(shown), "targets")
    subtitle = f"Numbers are different lead sponsors in China; {crowded} of {len(data)} pairs have ten or more{rest}"
    return finished(figure, imprint, subtitle, f"Most crowded: {'; '.join(words)}.")


def unmet_need(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A6: trials against deaths on logarithmic axes, with lines of equal trials per 10,000 deaths."""
    sites = data[data["cancer_site"] != "All sites"]
    some = sites[sites["n_trials"] > 0]
    if some.empty:
        return without_trials(imprint)
    figure = style.canvas(7.8, 4.6)
    left, right = figure.subplots(1, 2, width_ratios=[1.25, 1])
    low, high = sites["deaths"].min() * 0.75, sites["deaths"].max() * 1.5
    fewest, most = max(some["n_trials"].min() * 0.6, 0.6), some["n_trials"].max() * 2.6
    for rate in (1, 10, 100):
        left.plot([low, high], [low * rate / 1e4, high * rate / 1e4], color=style.GRID, linewidth=1, zorder=0)
        # Each line is named where it leaves the picture.
        at = min(high, most * 1e4 / rate)
        left.annotate(
            f"{rate}", (at, at * rate / 1e4), (3, 3), textcoords="offset points", fontsize=7.5, color=style.MUTED
        )
    left.scatter(some["deaths"], some["n_trials"], s=30, color=style.ACCENT, zorder=3)
    left.set_xscale("log")
    left.set_yscale("log")
    left.set_xlim(low, high)
    left.set_ylim(fewest, most)
    left.xaxis.set_major_locator(FixedLocator([20000, 50000, 100000, 200000, 500000]))
    left.xaxis.set_minor_locator(NullLocator())
    left.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    left.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    left.yaxis.set_major_locator(FixedLocator([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]))
    left.yaxis.set_minor_locator(NullLocator())
    left.set_xlabel("Deaths in China in 2022 (logarithmic)")
    left.set_ylabel("Trials that name the site (logarithmic)")
    ordered = sites.sort_values("trials_per_10000_deaths", kind="stable")
    right.hlines(range(len(ordered)), 0, ordered["trials_per_10000_deaths"], color="#b9c6d6", linewidth=3)
    right.scatter(ordered["trials_per_10000_deaths"], range(len(ordered)), s=26, color=style.ACCENT, zorder=3)
    for place, row in enumerate(rows_of(ordered)):
        right.annotate(
            f"{row.trials_per_10000_deaths:.1f} ({row.n_trials})",
            (row.trials_per_10000_deaths, place),
            (6, 0),
            textcoords="offset points",
            va="center",
            fontsize=7.4,
        )
    right.set_yticks(range(len(ordered)), [style.shorten(name, 20) for name in ordered["cancer_site"]], fontsize=7.8)
    right.set_xlim(0, ordered["trials_per_10000_deaths"].max() * 1.28)
    right.set_ylim(-0.6, len(ordered) - 0.4)
    right.set_xlabel("Trials per 10,000 deaths (trials)")
    style.vertical_grid(right)
    charts.name_points(
        left, list(some["deaths"]), list(some["n_trials"]), [style.shorten(name, 18) for name in some["cancer_site"]]
    )
    everything = data[data["cancer_site"] == "All sites"].iloc[0]
    lowest = [f"{row.cancer_site} {row.trials_per_10000_deaths:.1f}" for row in rows_of(ordered.head(4))]
    subtitle = (
        f"n = {everything.n_trials:,} oncology trials in China; those that name no listed site are in no point. "
        "Lines: trials per 10,000 deaths"
    )
    return finished(figure, imprint, subtitle, f"Fewest trials per 10,000 deaths: {style.listed(lowest)}.")


def from_iit_to_ist(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A7: a line per product from its first IIT to its first IST."""
    if data.empty:
        figure = style.canvas(7.2, 2.4)
        style.nothing(
            figure,
            "No product that the dictionary knows has trials of both kinds in China\n"
            f"under the regulatory rule ({SPONSOR_RULE_IN_WORDS['regulatory']}).",
        )
        return finished(figure, imprint, "n = 0 products", "No product has trials of both kinds.")
    shown = data.head(40)
    figure = style.canvas(7.6, 1.7 + 0.25 * len(shown))
    axes = figure.add_subplot()
    iit, ist = (
        pd.to_datetime(shown["first_iit_registration_date"]),
        pd.to_datetime(shown["first_ist_registration_date"]),
    )
    places = np.arange(len(shown))
    for place, (start, end, first) in enumerate(zip(iit, ist, shown["is_iit_first"], strict=True)):
        axes.plot(
            dates.date2num([start, end]),
            [place, place],
            color="#8a8a8a" if first else "#d9a0a0",
            linewidth=2,
            linestyle="-" if first else ":",
            zorder=1,
        )
    axes.scatter(
        iit,
        places,
        s=36,
        color=style.SPONSOR_COLOURS["IIT"],
        edgecolors=style.INK,
        linewidths=0.5,
        marker="o",
        label="first IIT",
        zorder=3,
    )
    axes.scatter(
        ist,
        places,
        s=36,
        color=style.SPONSOR_COLOURS["IST"],
        edgecolors=style.INK,
        linewidths=0.5,
        marker="D",
        label="first IST",
        zorder=3,
    )
    for place, row in enumerate(rows_of(shown)):
        axes.annotate(
            f"{row.days_iit_to_ist / 365.25:+.1f} years",
            (1.01, place),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=7.8,
            color=style.MUTED,
            annotation_clip=False,
        )
    axes.set_yticks(places, [style.shorten(name, 36) for name in shown["product"]])
    axes.set_ylim(len(shown) - 0.4, -0.6)
    first_year, last_year = min(iit.min(), ist.min()).year, max(iit.max(), ist.max()).year
    axes.set_xlim(*dates.date2num([date(first_year - 1, 7, 1), date(last_year + 1, 7, 1)]))
    axes.xaxis.set_major_locator(dates.YearLocator(1 if last_year - first_year < 10 else 2))
    axes.xaxis.set_major_formatter(dates.DateFormatter("%Y"))
    axes.set_xlabel("Date of registration")
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2)
    style.vertical_grid(axes)
    followed = data[data["is_iit_first"]]["days_iit_to_ist"]
    median = f"median {followed.median() / 365.25:.1f} years" if len(followed) else "none followed"
    subtitle = (
        f"n = {len(data)} product{'s' if len(data) != 1 else ''} with trials of both kinds in China; "
        f"IIT first in {len(followed)}, {median}"
    )
    return finished(
        figure,
        imprint,
        subtitle,
        f"The IIT came first for {len(followed)} of {len(data)} products; {median} to the IST.",
    )


def registration_timeliness(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A8: shares of registrations in time and late, a panel per register."""
    data = data[data["registration_year"].notna()]
    if data.empty:
        return without_trials(imprint)
    registries = list(data.groupby("registry")["n_registrations"].sum().sort_values(ascending=False).head(4).index)
    figure = style.canvas(7.6, 4.1)
    panels = np.atleast_1d(figure.subplots(1, len(registries), sharex=True, sharey=True))
    words = []
    for axes, registry in zip(panels, registries, strict=True):
        of_registry = data[data["registry"] == registry]
        counts = of_registry.pivot_table(
            index="registration_year", columns="timeliness", values="n_registrations", aggfunc="sum", fill_value=0
        )
        counts = counts.reindex(columns=list(_TIMELINESS), fill_value=0)
        shares = counts.div(counts.sum(axis=1), axis=0)
        bottom = np.zeros(len(shares))
        for name, colour in _TIMELINESS.items():
            axes.bar(
                shares.index,
                shares[name],
                bottom=bottom,
                width=0.9,
                color=colour,
                hatch=_TIMELINESS_HATCHES.get(name, ""),
                edgecolor=style.MUTED,
                linewidth=0.35,
                label=written(name),
            )
            bottom += shares[name].to_numpy()
        total = int(counts.to_numpy().sum())
        late = counts["retrospective"].sum() / total
        axes.set_title(f"{written(registry)}\n(n = {total:,}; {percent(late, 0)} retrospective)", fontsize=8.6)
        axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.set_ylim(0, 1)
        words.append(f"{written(registry)} {percent(late, 0)} of {total:,}")
    panels[0].yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    panels[0].set_ylabel("Share of the registrations of the year")
    figure.supxlabel("Year of registration", fontsize=9)
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper right", ncols=4)
    n_registrations = thousands(data["n_registrations"].sum())
    return finished(
        figure,
        imprint,
        f"n = {n_registrations} registrations of trials in China",
        f"Registered more than 31 days after the start: {style.listed(words)}.",
    )


def registration_staleness(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A9: cumulative share of open registrations by time since the last update, a line per register."""
    known = data[data["days_without_update"].notna()]
    if known.empty:
        return without_trials(imprint)
    figure = style.canvas(7.2, 3.7)
    axes = figure.add_subplot()
    looks = [("#a3242b", "-"), ("#1f4e8c", "--"), ("#f0a232", "-."), ("#595959", ":")]
    words = []
    registries = known.groupby("registry").size().sort_values(ascending=False).index[:4]
    for registry, (colour, line) in zip(registries, looks, strict=False):
        years = np.sort(known.loc[known["registry"] == registry, "days_without_update"].to_numpy(dtype=float)) / 365.25
        axes.step(
            np.concatenate([[0], years]),
            np.concatenate([[0], np.arange(1, len(years) + 1) / len(years)]),
            where="post",
            color=colour,
            linestyle=line,
            linewidth=2,
            label=f"{written(registry)} (n = {len(years):,})",
        )
        stale = float((years > 2).mean())
        words.append(f"{written(registry)} {percent(stale, 0)}")
    axes.axvline(2, color=style.MUTED, linewidth=1)
    axes.annotate(
        "two years",
        (2, 1),
        (0, 3),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        ha="center",
        fontsize=8,
        color=style.MUTED,
    )
    axes.set_xlim(0, max(float(known["days_without_update"].max()) / 365.25, 2.5))
    axes.set_ylim(0, 1.01)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.xaxis.set_major_locator(MaxNLocator(9, integer=True))
    axes.set_ylabel("Share of registrations updated within")
    axes.set_xlabel("Years from the last update to the data cut of the register")
    axes.legend(loc="lower right")
    style.horizontal_grid(axes)
    missing = len(data) - len(known)
    subtitle = (
        f"n = {thousands(len(known))} registrations of open trials in China; {missing:,} more state no date of update"
    )
    return finished(figure, imprint, subtitle, f"Not updated for more than two years: {style.listed(words)}.")


def status_flow(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A10: shares of statuses, a bar per class and sponsor type."""
    if data.empty:
        return without_trials(imprint)
    table = data.pivot_table(
        index=["cell_class", "sponsor_type"], columns="status", values="n_trials", aggfunc="sum", fill_value=0
    )
    order = [status for status in _OPEN_ENDED if status in table.columns] + sorted(
        set(table.columns) - set(_OPEN_ENDED)
    )
    table = table.reindex(
        index=[(name, kind) for name in CLASSES for kind in SPONSOR_TYPES if (name, kind) in table.index], columns=order
    )
    totals = table.sum(axis=1)
    shares = table.div(totals, axis=0)
    planned = data.groupby(["cell_class", "sponsor_type"])[["target_enrollment", "n_trials_with_enrollment"]].sum()
    shares.index = [
        f"{written(name)}, {kind} (n = {totals[(name, kind)]:,})\n"
        f"{planned.loc[(name, kind), 'target_enrollment']:,.0f} participants planned"
        for name, kind in shares.index
    ]
    figure = style.canvas(7.6, 1.9 + 0.44 * len(shares))
    axes = figure.add_subplot()
    colours = {status: _STATUS_COLOURS.get(status, "#c8c8c8") for status in order}
    charts.stacked_bars(
        axes, shares, colours, _STATUS_HATCHES, write=lambda name: str(name) if "\n" in str(name) else written(name)
    )
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("Share of the trials")
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=5)
    total = int(totals.sum())
    unknown = int(table["unknown"].sum()) if "unknown" in table else 0
    done = int(table["completed"].sum()) if "completed" in table else 0
    missing = total - int(planned["n_trials_with_enrollment"].sum())
    subtitle = (
        f"n = {total:,} trials in China; {missing:,} state no planned number of participants; {rule_in_words(imprint)}"
    )
    return finished(figure, imprint, subtitle, f"{done:,} completed and {unknown:,} of unknown status, of {total:,}.")


def provinces_and_cities(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A11: tiles for the provinces and bars for the cities."""
    if data.empty:
        figure = style.canvas(7.2, 2.4)
        style.nothing(figure, "No registration of this landscape lists a site in China.")
        return finished(figure, imprint, "n = 0", "No registration lists a site.")
    provinces = data[data["city"].isna()].set_index("province")["n_trials"]
    cities = data[data["city"].notna() & (data["city"] != "not_stated")].nlargest(18, "n_trials", keep="first")
    figure = style.canvas(8.2, 5.2)
    tiles, bars = figure.subplots(1, 2, width_ratios=[2.2, 1])
    tiles.set_axis_off()
    tiles.set_aspect("equal")
    tiles.set_xlim(1.95, 10)
    tiles.set_ylim(8, -0.02)
    known = provinces[provinces.index.isin(_TILES)]
    norm = mpl.colors.Normalize(0, max(float(np.sqrt(known.max())), 1.0) * 1.05 if len(known) else 1)
    colours = mpl.colormaps[style.SEQUENTIAL]
    for name, (column, row) in _TILES.items():
        count = int(provinces.get(name, 0))
        if not count and name not in _ALWAYS_SHOWN:
            continue
        shade = float(norm(np.sqrt(count)))
        tiles.add_patch(
            Rectangle(
                (column, row),
                0.95,
                0.95,
                facecolor=colours(shade) if count else "#f4f4f4",
                edgecolor="#bbbbbb",
                linewidth=0.5,
            )
        )
        ink = "white" if shade > 0.58 else style.INK
        tiles.text(
            column + 0.475,
            row + 0.28,
            _TWO_LINES.get(name, name),
            ha="center",
            va="center",
            fontsize=6.2,
            linespacing=0.95,
            color=ink,
        )
        tiles.text(
            column + 0.475,
            row + 0.70,
            f"{count:,}" if count else "0",
            ha="center",
            va="center",
            fontsize=8.6,
            weight="bold",
            color=ink,
        )
    bars.barh(range(len(cities)), cities["n_trials"], color=style.ACCENT, height=0.72)
    for place, count in enumerate(cities["n_trials"]):
        bars.text(count + cities["n_trials"].max() * 0.02, place, f"{count:,}", va="center", fontsize=8)
    bars.set_yticks(range(len(cities)), [style.shorten(name, 18) for name in cities["city"]], fontsize=8)
    bars.set_ylim(max(len(cities), 1) - 0.4, -0.6)
    if len(cities):
        bars.set_xlim(0, cities["n_trials"].max() * 1.18)
    bars.set_xlabel("Trials with a site in the city")
    bars.set_title("Cities")
    style.vertical_grid(bars)
    total = int(data["n_trials_with_place"].iloc[0])
    unplaced = int(provinces.get("not_stated", 0))
    words = [f"{name} {count}" for name, count in known.sort_values(ascending=False).head(5).items()]
    subtitle = f"n = {total:,} trials in China that list a site; {unplaced:,} have one of no stated province"
    return finished(figure, imprint, subtitle, f"Most trials: {style.listed(words)}.")


def target_by_disease(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A12: trials in China by target and indication group, those elsewhere in brackets."""
    if data.empty:
        return without_trials(imprint)
    table = charts.crossed(data, "target", "indication_group", "n_trials_china")
    elsewhere = charts.crossed(data, "target", "indication_group", "n_trials_outside_china").reindex(
        index=table.index, columns=table.columns
    )
    shown = table.head(26)
    both = shown + elsewhere.loc[shown.index]
    columns = [name for name in shown.columns if both[name].sum() > 0]
    shown, abroad = shown[columns], elsewhere.loc[shown.index, columns]
    texts = shown.astype(str) + abroad.map(lambda count: f" ({count})" if count else "")
    figure = style.canvas(max(6.6, min(3.2 + 0.56 * len(columns), 7.8)), 2.35 + 0.225 * len(shown))
    axes = figure.add_subplot()
    # A pair that was only tried elsewhere has no shade, yet its number is shown.
    charts.shaded_table(axes, (shown + abroad), shading=shown / max(int(shown.to_numpy().max()), 1), texts=texts)
    leading = data.head(4)
    words = [f"{row.target} in {written(row.indication_group)} {row.n_trials_china}" for row in rows_of(leading)]
    return finished(
        figure,
        imprint,
        "Numbers and shading: trials in China; in brackets: trials elsewhere"
        f"{style.left_out(len(table), len(shown), 'targets')}",
        f"Most trials in China: {style.listed(words)}.",
    )


def target_emergence(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A13: a small panel per target with its cumulative trials, approvals as vertical marks."""
    trials = data[data["event"] == "trials"]
    if trials.empty:
        return without_trials(imprint)
    approvals = data[data["event"] == "approval"].copy()
    approvals["approved_on"] = pd.to_datetime(approvals["approved_on"])
    totals = trials.groupby("target")["n_trials"].sum().sort_values(ascending=False, kind="stable")
    approved = [name for name in totals.index if name in set(approvals["target"])]
    names = [*approved, *[name for name in totals.index if name not in approved]][:12]
    names.sort(key=lambda name: -totals[name])
    first, last = int(trials["year"].min()), int(trials["year"].max())
    rows = -(-len(names) // 4)
    figure = style.canvas(7.8, 1.5 + 1.35 * rows)
    panels = np.atleast_1d(figure.subplots(rows, 4, sharex=True)).ravel()
    agency_lines = {
        "NMPA": ("#a3242b", "-"),
        "FDA": ("#1f4e8c", "--"),
        "EMA": ("#f0a232", "-."),
        "PMDA": ("#595959", ":"),
    }
    for axes, name in zip(panels, names, strict=False):
        of_target = (
            trials[trials["target"] == name].set_index("year")["n_trials"].reindex(range(first, last + 1), fill_value=0)
        )
        sums = of_target.cumsum()
        axes.fill_between(sums.index + 0.5, sums, step=None, color="#cfdceb")
        axes.plot(sums.index + 0.5, sums, color=style.ACCENT)
        for agency, (colour, line) in agency_lines.items():
            days = approvals[(approvals["target"] == name) & (approvals["agency"] == agency)]["approved_on"]
            if len(days):
                day = days.min()
                axes.axvline(day.year + day.day_of_year / 366, color=colour, linestyle=line, linewidth=1.6)
        axes.set_title(f"{name}  ({totals[name]})", fontsize=8.8, pad=3)
        axes.yaxis.set_major_locator(MaxNLocator(3, integer=True, min_n_ticks=1))
        axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.set_ylim(0, max(float(sums.max()) * 1.08, 1))
        axes.set_xlim(first, last + 1)
        axes.tick_params(labelsize=7.6)
        style.horizontal_grid(axes)
    for axes in panels[len(names) :]:
        axes.set_axis_off()
    handles = [
        Line2D([], [], color=colour, linestyle=line, linewidth=1.6, label=f"first approval, {agency}")
        for agency, (colour, line) in agency_lines.items()
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=4)
    figure.supylabel("Trials in China so far", fontsize=9)
    words = [f"{name} {totals[name]}" for name in names[:5]]
    subtitle = f"{len(names)} of {len(totals)} targets: those with an approved product first; total in brackets"
    return finished(figure, imprint, subtitle, f"Trials so far: {style.listed(words)}.")


def portfolio(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A14: a line of marks per product and per sponsor."""
    if data.empty:
        return without_trials(imprint)
    kinds = [kind for kind in ("product", "sponsor") if kind in set(data["owner_kind"])]
    rows = [data.loc[data["owner_kind"] == kind, "owner"].nunique() for kind in kinds]
    figure = style.canvas(7.8, 2.3 + 0.25 * sum(rows))
    panels = np.atleast_1d(figure.subplots(len(kinds), 1, height_ratios=rows, sharex=True))
    for axes, kind in zip(panels, kinds, strict=True):
        of_kind = data[data["owner_kind"] == kind]
        owners = list(of_kind.drop_duplicates("owner").sort_values("owner_rank")["owner"])
        places = {owner: place for place, owner in enumerate(owners)}
        axes.hlines(
            range(len(owners)),
            of_kind["registration_date"].min(),
            of_kind["registration_date"].max(),
            color="#eeeeee",
            linewidth=1,
            zorder=0,
        )
        for sponsor_type in SPONSOR_TYPES:
            side = of_kind[of_kind["sponsor_type"] == sponsor_type]
            axes.scatter(
                pd.to_datetime(side["registration_date"]),
                side["owner"].map(places),
                s=[_PHASE_SIZES.get(phase, 22) for phase in side["phase"]],
                color=style.SPONSOR_COLOURS[sponsor_type],
                marker=style.SPONSOR_MARKERS[sponsor_type],
                alpha=0.75,
                edgecolors=style.INK,
                linewidths=0.4,
                label=written(sponsor_type),
                rasterized=len(of_kind) > 400,
            )
        sizes = of_kind.drop_duplicates("owner").set_index("owner")["n_trials"]
        axes.set_yticks(
            range(len(owners)), [f"{style.shorten(owner, 42)} ({sizes[owner]})" for owner in owners], fontsize=7.8
        )
        axes.set_ylim(len(owners) - 0.4, -0.6)
        axes.set_title("Products" if kind == "product" else "Lead sponsors")
        axes.xaxis.set_major_formatter(dates.DateFormatter("%Y"))
        style.vertical_grid(axes)
    panels[-1].set_xlabel("Date of registration; larger marks for later phases")
    handles = [
        Line2D(
            [],
            [],
            linestyle="",
            marker=style.SPONSOR_MARKERS[name],
            color=style.SPONSOR_COLOURS[name],
            markeredgecolor=style.INK,
            markersize=7,
            label=written(name),
        )
        for name in SPONSOR_TYPES
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=2)
    top = data[data["owner_rank"] == 1].drop_duplicates("owner_kind")
    words = [f"{row.owner} ({row.owner_kind}) {row.n_trials}" for row in rows_of(top)]
    return finished(
        figure,
        imprint,
        f"The products and lead sponsors with most trials in China (in brackets); {rule_in_words(imprint)}",
        f"Largest: {style.listed(words)}.",
    )


def target_momentum(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A15: hollow to filled dots per target, from the 24 months before to the last 24."""
    if data.empty:
        return without_trials(imprint)
    china = data[data["scope"] == "china"].copy()
    if china.empty:
        return without_trials(imprint)
    china["total"] = china["n_recent"] + china["n_before"]
    shown = china.nlargest(24, "total", keep="first").sort_values(
        ["change", "n_recent"], ascending=False, kind="stable"
    )
    figure = style.canvas(7.2, 1.7 + 0.235 * len(shown))
    axes = figure.add_subplot()
    for place, row in enumerate(rows_of(shown)):
        rises = row.change > 0
        colour = style.ACCENT if rises else style.SPONSOR_COLOURS["IST"] if row.change < 0 else style.MUTED
        axes.plot(
            [row.n_before, row.n_recent],
            [place, place],
            color=colour,
            linewidth=2,
            linestyle="-" if rises else ":",
            zorder=1,
        )
        axes.scatter(row.n_before, place, s=34, facecolors="white", edgecolors=colour, linewidths=1.2, zorder=2)
        axes.scatter(row.n_recent, place, s=38, color=colour, zorder=3)
        end = max(row.n_before, row.n_recent)
        axes.annotate(
            f"{row.n_before} → {row.n_recent}  ({row.change:+d})" if row.change else f"{row.n_recent} as before",
            (end, place),
            (8, 0),
            textcoords="offset points",
            va="center",
            fontsize=7.8,
        )
    axes.set_yticks(range(len(shown)), [written(name) for name in shown["target"]])
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlim(
        -0.02 * shown[["n_recent", "n_before"]].to_numpy().max() - 0.3,
        shown[["n_recent", "n_before"]].to_numpy().max() * 1.18 + 1,
    )
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    ends_on = pd.Timestamp(shown["ends_on"].iloc[0])
    axes.set_xlabel(
        f"Trials registered in the 24 months before (hollow) and in the 24 months up to {ends_on:%Y-%m-%d} (filled)"
    )
    style.vertical_grid(axes)
    rising = [f"{row.target} {row.change:+d}" for row in rows_of(shown.head(3))]
    falling = [f"{row.target} {row.change:+d}" for row in rows_of(shown.tail(3))]
    first = shown.iloc[0]
    subtitle = (
        f"n = {first.n_recent_all:,} trials in China with a named target in the last 24 months, "
        f"{first.n_before_all:,} in the 24 before"
    )
    return finished(figure, imprint, subtitle, f"Rising: {style.listed(rising)}. Falling: {style.listed(falling)}.")


def changes_between_cuts(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """A16: changes by kind, and the moves of status and phase."""
    if data.empty:
        figure = style.canvas(7.2, 2.4)
        style.nothing(
            figure, "Every registration of this landscape is held in one version only: nothing to compare yet."
        )
        return finished(figure, imprint, "n = 0 changes", "No registration is held in more than one version.")
    counts = data.groupby("change").size().sort_values(ascending=False, kind="stable")
    moves = data[data["change"].isin(["status", "phase"])].copy()
    moves["move"] = [
        f"{style.shorten(written(old), 24)} → {style.shorten(written(new), 24)}"
        for old, new in zip(moves["old_label"], moves["new_label"], strict=True)
    ]
    top = moves.groupby(["change", "move"]).size().sort_values(ascending=False, kind="stable").head(12)
    figure = style.canvas(7.8, 1.6 + 0.28 * max(len(counts), len(top), 4))
    left, right = figure.subplots(1, 2, width_ratios=[1, 1.1])
    for axes, series, names in (
        (left, counts, [written(name) for name in counts.index]),
        (right, top, [f"{move} ({change})" for change, move in top.index]),
    ):
        axes.barh(range(len(series)), series.to_numpy(), color=style.ACCENT, height=0.7)
        for place, count in enumerate(series):
            axes.text(count + series.max() * 0.02, place, f"{count:,}", va="center", fontsize=8)
        axes.set_yticks(range(len(series)), names, fontsize=7.8)
        axes.set_ylim(max(len(series), 1) - 0.4, -0.6)
        if len(series):
            axes.set_xlim(0, series.max() * 1.2)
        axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
        style.vertical_grid(axes)
    left.set_title("Changes by kind")
    left.set_xlabel("Changed fields and new registrations")
    right.set_title("Moves of status and phase")
    right.set_xlabel("Registrations")
    words = [f"{written(name)} {count}" for name, count in counts.items()]
    subtitle = f"n = {len(data):,} changes in {data['registration_id'].nunique():,} registrations of the landscape"
    return finished(figure, imprint, subtitle, f"{style.listed(words, 6)}.")


def paper_comparison(data: pd.DataFrame, imprint: Imprint) -> Drawing:
    """Comparison: ratio of rebuilt to published, a row per figure, a mark per reading."""
    known = data[data["published"].notna() & data["rebuilt"].notna() & (data["published"] > 0)].copy()
    if known.empty:
        figure = style.canvas(7.2, 2.4)
        style.nothing(
            figure,
            "Only real registrations are compared with the paper; this landscape is the bundled sample or empty.",
        )
        return finished(figure, imprint, "n = 0 figures", "Nothing is compared: only real registrations are.")
    known["ratio"] = known["rebuilt"] / known["published"]
    # A logarithm has no zero: what was rebuilt as 0 stands at the left edge, as an arrow.
    above_zero = known["ratio"][known["ratio"] > 0]
    edge = min(float(above_zero.min()) * 0.6, 0.6)
    known["place"] = known["ratio"].where(known["ratio"] > 0, edge)
    order = list(known.drop_duplicates("figure_id")["figure_id"])
    figure = style.canvas(7.8, 1.7 + 0.26 * len(order))
    axes = figure.add_subplot()
    axes.axvline(1, color=style.MUTED, linewidth=1)
    names = []
    for place, figure_id in enumerate(order):
        rows = known[known["figure_id"] == figure_id]
        axes.plot([rows["place"].min(), rows["place"].max()], [place, place], color="#c9c9c9", linewidth=2, zorder=1)
        others, default = rows[~rows["is_default"]], rows[rows["is_default"]]
        for some, size, face in ((others, 30, "white"), (default, 40, style.ACCENT)):
            for is_zero, marker in ((False, "o"), (True, "<")):
                marked = some[(some["ratio"] == 0) == is_zero]
                axes.scatter(
                    marked["place"],
                    [place] * len(marked),
                    s=size,
                    marker=marker,
                    facecolors=face,
                    edgecolors=style.ACCENT,
                    linewidths=1.1,
                    clip_on=False,
                    zorder=3,
                )
        row = default.iloc[0] if len(default) else rows.iloc[0]
        unit = "%" if row["unit"].startswith("percent") else ""
        names.append(f"{_MEASURES.get(row['measure'], written(row['measure']))}: {written(row['subset'])}")
        axes.annotate(
            f"{row['published']:g}{unit} | " + (f"{row['rebuilt']:g}{unit}" if len(default) else "none"),
            (1.01, place),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=7.8,
            color=style.MUTED,
            annotation_clip=False,
        )
    axes.set_xscale("log")
    ticks = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]
    axes.set_xlim(edge * 0.7, max(float(above_zero.max()) * 1.25, 1.25))
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set_yticks(range(len(order)), names, fontsize=8)
    axes.set_ylim(len(order) - 0.4, -0.6)
    axes.set_xlabel(
        "Rebuilt divided by published (logarithmic)\n"
        "filled: default reading, hollow: other readings, arrow: rebuilt as 0"
    )
    axes.annotate(
        "paper | rebuilt",
        (1.01, -0.75),
        xycoords=("axes fraction", "data"),
        va="bottom",
        fontsize=7.8,
        color=style.MUTED,
        annotation_clip=False,
    )
    style.vertical_grid(axes)
    close = known[known["is_default"] & (known["ratio"].between(0.8, 1.25))]
    subtitle = (
        f"{len(order)} published numbers under {known['reading_id'].nunique()} readings; "
        "counts depend on how much of the registries is loaded"
    )
    return finished(
        figure,
        imprint,
        subtitle,
        f"{len(close)} of {len(order)} rebuilt numbers are within a quarter of the published one "
        "under the default reading.",
    )
