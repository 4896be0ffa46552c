"""Measure linking: precision and recall with Wilson intervals on read pairs, twins, decoys, named and hidden numbers.

`landscape evaluate links` calls `evaluate`; it links the registrations of a folder of registry files, with twins and
decoys among them, in a scratch warehouse of its own, through the same dbt models as any build. Where the files hold
registrations that name each other's numbers, they are linked once more with the numbers taken out.
"""

import math
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dbt_project.linkage.laboratory import NAMING, Laboratory, prepare
from dbt_project.linkage.train import read_gold
from dbt_project.linkage.twins import DECOYS, Twin

_Z = 1.959964  # two-sided 95 %


@dataclass(frozen=True)
class Share:
    """A share of n with its 95 % Wilson interval; without anything to count it is not a number."""

    k: int
    n: int

    @property
    def value(self) -> float:
        """Return k / n."""
        return self.k / self.n if self.n else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Return the Wilson score interval."""
        if not self.n:
            return math.nan, math.nan
        p, z2 = self.k / self.n, _Z**2
        centre = (p + z2 / (2 * self.n)) / (1 + z2 / self.n)
        half = _Z * math.sqrt(p * (1 - p) / self.n + z2 / (4 * self.n**2)) / (1 + z2 / self.n)
        return max(0.0, centre - half), min(1.0, centre + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.3f} [{low:.3f}, {high:.3f}] ({self.k}/{self.n})" if self.n else "nothing to count"


@dataclass(frozen=True)
class Measure:
    """Precision and recall of one set of pairs."""

    name: str
    split: str
    precision: Share
    recall: Share


@dataclass(frozen=True)
class CurvePoint:
    """What one threshold of the match weight, in bits, would give on read pairs and twins of one half."""

    split: str
    threshold: float
    precision: Share
    recall: Share


@dataclass(frozen=True)
class Evaluation:
    """Everything that `landscape evaluate links` prints."""

    measures: Sequence[Measure]
    curve: Sequence[CurvePoint]
    by_decoy: Mapping[str, Share]
    trials_with_two_of_one_register: int


def evaluate(registries: Path, home: Path | None = None) -> Evaluation:
    """Prepare a scratch warehouse from registry files and measure the links in it.

    Raises:
        RuntimeError: dbt could not build the links.
    """
    with tempfile.TemporaryDirectory() as temporary:
        laboratory = prepare(registries, home or Path(temporary))
        return measure(laboratory)


def measure(laboratory: Laboratory) -> Evaluation:
    """Measure the links of a prepared warehouse; its links are made anew when there are numbers to hide."""
    trial_of = _trials(laboratory)
    register_of: dict[str, str] = dict(
        laboratory.read("intermediate.int_linkage_registrations", "registration_id, register")
    )
    members: dict[str, list[str]] = defaultdict(list)
    for registration_id, trial_id in trial_of.items():
        members[trial_id].append(registration_id)

    def joined(twin: Twin) -> list[str]:
        """Return the ClinicalTrials.gov records that share the trial of a made-up registration."""
        return [other for other in members[trial_of[twin.registration_id]] if register_of[other] == "nct"]

    def measured(name: str, split: str, twins: Iterable[Twin]) -> Measure:
        right = wrong = wanted = 0
        for twin in twins:
            found = joined(twin)
            is_found = twin.is_same_trial and twin.source_id in found
            wanted += twin.is_same_trial
            right += is_found
            wrong += bool(found) and not is_found
        return Measure(name, split, Share(right, right + wrong), Share(right, wanted))

    measures: list[Measure] = []
    for split in ("tune", "test"):
        measures.append(_measure_read_pairs(trial_of, split))
        measures.append(measured("twins and decoys", split, [t for t in laboratory.twins if t.split == split]))
    measures.append(measured("named numbers and traps", "all", [t for t in laboratory.twins if t.kind in NAMING]))
    by_decoy = {
        kind: Share(sum(not joined(twin) for twin in group), len(group))
        for kind in ("orphan", *DECOYS)
        for group in [[twin for twin in laboratory.twins if twin.kind == kind and twin.split == "test"]]
    }
    curve = [point for split in ("tune", "test") for point in _curve(laboratory, split)]
    conflicts = _conflicts(laboratory, members)
    measures.append(_measure_hidden_numbers(laboratory))
    return Evaluation(measures, curve, by_decoy, conflicts)


def _trials(laboratory: Laboratory) -> dict[str, str]:
    return dict(laboratory.read("intermediate.int_trial_registrations", "registration_id, trial_id"))


def _measure_hidden_numbers(laboratory: Laboratory) -> Measure:
    """Count what is found of the pairs that name each other's numbers when no record of them shows a number.

    A registration that is then joined to another one of its partner's register is wrong. Made-up records are left out:
    but for the number, their pairs have nothing in common.
    """
    made_up = {twin.registration_id for twin in laboratory.twins}
    named = {
        (a, b)
        for a, b in laboratory.read(
            "intermediate.int_registration_links as links inner join seeds.link_rules as rules "
            "on links.rule = rules.rule "
            "where links.decision = 'same' and rules.kind in ('identifier', 'shared_code') and rules.score < 1",
            "registration_id_a, registration_id_b",
        )
        if a not in made_up and b not in made_up
    }
    right = wrong = 0
    if named:
        laboratory.hide_numbers({registration_id for pair in named for registration_id in pair})
        trial_of = _trials(laboratory)
        register_of = dict(laboratory.read("intermediate.int_linkage_registrations", "registration_id, register"))
        members: dict[str, list[str]] = defaultdict(list)
        for registration_id, trial_id in trial_of.items():
            members[trial_id].append(registration_id)
        for a, b in named:
            right += trial_of[a] == trial_of[b]
            others = {other for other in members[trial_of[a]] if register_of[other] == register_of[b]}
            wrong += bool(others) and b not in others
    return Measure("numbers hidden", "all", Share(right, right + wrong), Share(right, len(named)))


def _measure_read_pairs(trial_of: Mapping[str, str], split: str) -> Measure:
    """Count the labelled pairs whose registrations are both in the data; none of them has the other's number."""
    right = wrong = wanted = 0
    for row in read_gold():
        a, b = row["registration_id_a"], row["registration_id_b"]
        if row["split"] != split or a not in trial_of or b not in trial_of:
            continue
        is_joined = trial_of[a] == trial_of[b]
        wanted += row["label"] == "same"
        right += is_joined and row["label"] == "same"
        wrong += is_joined and row["label"] != "same"
    return Measure("pairs labelled by reading", split, Share(right, right + wrong), Share(right, wanted))


def _curve(laboratory: Laboratory, split: str) -> list[CurvePoint]:
    """Return precision and recall over thresholds of the match weight, of pairs that no sibling rule keeps apart."""
    truth = {
        _pair(row["registration_id_a"], row["registration_id_b"]): row["label"] == "same"
        for row in read_gold()
        if row["split"] == split
    }
    truth |= {
        _pair(twin.registration_id, twin.source_id): twin.is_same_trial
        for twin in laboratory.twins
        if twin.split == split and twin.kind != "orphan"
    }
    weights = {
        (a, b): weight
        for a, b, weight in laboratory.read(
            "intermediate.int_link_scores inner join intermediate.int_registration_links "
            "using (registration_id_a, registration_id_b) where sibling_rule_ids is null",
            "registration_id_a, registration_id_b, match_weight",
        )
    }
    points = []
    for threshold in range(-2, 17, 2):
        found = [is_same for pair, is_same in truth.items() if weights.get(pair, -math.inf) >= threshold]
        points.append(
            CurvePoint(
                split,
                float(threshold),
                Share(sum(found), len(found)),
                Share(sum(found), sum(truth.values())),
            )
        )
    return points


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _conflicts(laboratory: Laboratory, members: Mapping[str, Iterable[str]]) -> int:
    """Count trials that hold two numbers of one register that no alias joins."""
    number_of = {
        registration_id: (register, key)
        for registration_id, register, key in laboratory.read(
            "intermediate.int_linkage_registrations", "registration_id, register, identifier_key"
        )
    }
    aliases = {
        frozenset((a, b))
        for a, b in laboratory.read(
            "intermediate.int_registration_links where rule in ('registry_alias', 'override_same')",
            "registration_id_a, registration_id_b",
        )
    }
    conflicts = 0
    for group in members.values():
        first_of: dict[str, tuple[str, str]] = {}
        for registration_id in sorted(group):
            register, key = number_of[registration_id]
            first, first_key = first_of.setdefault(register, (registration_id, key))
            conflicts += key != first_key and frozenset((first, registration_id)) not in aliases
    return conflicts


def report_lines(evaluation: Evaluation) -> list[str]:
    """Return the evaluation as lines of text."""
    lines = ["set                        split   precision                         recall"]
    lines += [f"{m.name:<26} {m.split:<7} {m.precision!s:<33} {m.recall!s}" for m in evaluation.measures]
    lines += ["", "decoys of the test half that stayed apart"]
    lines += [f"  {kind:<24} {share}" for kind, share in evaluation.by_decoy.items()]
    lines += ["", "threshold of the match weight in bits, pairs that no sibling rule keeps apart"]
    lines += [
        f"  {point.threshold:>5.1f}                    {point.split:<7} {point.precision!s:<33} {point.recall!s}"
        for point in evaluation.curve
    ]
    lines += ["", f"trials with two numbers of one register: {evaluation.trials_with_two_of_one_register}"]
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the evaluation: `python -m dbt_project.linkage.evaluate REGISTRY_FILES`."""
    import argparse  # noqa: PLC0415 - only for the command line

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("registries", type=Path, help="folder of registry files")
    parser.add_argument("--home", type=Path, help="where to keep the scratch warehouse (default: a temporary folder)")
    options = parser.parse_args(arguments)
    print("\n".join(report_lines(evaluate(options.registries, options.home))))


if __name__ == "__main__":
    main()
