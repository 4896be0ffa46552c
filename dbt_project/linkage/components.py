"""From pairs that are one trial to groups of registrations, never two registrations of one register by accident."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Edge:
    """A pair of registrations that is one trial.

    `is_identity` edges join two names of one record (aliases). Of the others those of the smaller `priority` (the order
    of the kinds of evidence in link_rules) are stronger, and within one priority those of the greater score.
    """

    a: str
    b: str
    score: float
    is_identity: bool = False
    priority: int = 0


@dataclass
class _Group:
    members: list[str]
    registers: set[str] = field(default_factory=set)


def group_registrations(
    registers: Mapping[str, str],
    edges: Iterable[Edge],
    apart: Iterable[tuple[str, str]] = (),
) -> dict[str, str]:
    """Return the group of every registration, named by its alphabetically first member.

    `registers` maps each registration to its register. Edges are taken strongest first, and an edge is left out when
    the group that it would make held two registrations of one register (unless identity edges say that they are one
    record) or a pair of `apart`. So whichever path leads to a conflict, its weakest edge is the one that is cut, and
    the result does not depend on the order of the input.
    """
    group_of: dict[str, _Group] = {name: _Group([name], {register}) for name, register in registers.items()}
    kept_apart: dict[str, set[str]] = {}
    for a, b in apart:
        kept_apart.setdefault(a, set()).add(b)
        kept_apart.setdefault(b, set()).add(a)

    def must_stay_apart(left: _Group, right: _Group) -> bool:
        small, large = sorted((left, right), key=lambda group: len(group.members))
        others = set(large.members)
        return any(not others.isdisjoint(kept_apart.get(member, ())) for member in small.members)

    for edge in sorted(edges, key=lambda edge: (not edge.is_identity, edge.priority, -edge.score, edge.a, edge.b)):
        left, right = group_of[edge.a], group_of[edge.b]
        if left is right or (kept_apart and must_stay_apart(left, right)):
            continue
        if not edge.is_identity and not left.registers.isdisjoint(right.registers):
            continue
        if len(left.members) < len(right.members):
            left, right = right, left
        left.members.extend(right.members)
        left.registers |= right.registers
        for member in right.members:
            group_of[member] = left
    names = {id(group): min(group.members) for group in group_of.values()}
    return {name: names[id(group)] for name, group in group_of.items()}
