"""Which counts of a tree are hidden, so that none under the threshold is shown or can be worked out from those shown.

A tree's node is the sum of the nodes below it (region = its own units + the regions below). Of a tree, what a reader
can work out from the shown nodes is known exactly: bounds go up from the leaves and down from the root (`bounds`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

THRESHOLD = 5
Bounds = tuple[float, float]


@dataclass(frozen=True)
class Tree:
    """Nodes with their sums. `parents` names each node's parent, None for a root; a parent stands before its children.

    `values`: what each node counts, none of it negative; a node with children has their sum.
    `vacant`: regions with nothing below them. A reader sees from the list of units that they have none, so that their
    zero is no secret, nor is that of a region with such regions alone.
    """

    parents: Mapping[str, str | None]
    values: Mapping[str, int]
    vacant: Collection[str] = ()

    def children(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = {node: [] for node in self.parents}
        for node, parent in self.parents.items():
            if parent is not None:
                below[parent].append(node)
        return below

    def known_zeros(self, children: Mapping[str, Sequence[str]]) -> set[str]:
        """The vacant regions, and those with nothing but vacant ones below."""
        found = set(self.vacant)
        for node in reversed(list(self.parents)):
            if children[node] and found.issuperset(children[node]):
                found.add(node)
        return found


def hidden_nodes(tree: Tree, forced: Collection[str] = ()) -> set[str]:
    """The nodes that are not shown: those under the threshold (0 too), those `forced`, and as many others as it takes.

    Afterwards `open_nodes` is empty: whoever adds up and subtracts all that is shown is left, for each hidden node
    that is not plainly zero, with bounds at least the threshold apart. Of several that would do the smallest is hidden,
    then the first by name.
    """
    children = tree.children()
    hidden = {node for node, value in tree.values.items() if value < THRESHOLD}
    hidden |= {node for node in forced if node in tree.values}
    # One at a time: what is hidden for one node often covers others too.
    while found := open_nodes(tree, hidden, children):
        hidden.add(_next_to_hide(tree, children, hidden, found[0]))
    return hidden


def told_by_moves(
    placed: Mapping[str, Sequence[str]],
    hidden: Collection[str],
    placed_before: Mapping[str, Sequence[str]],
    hidden_before: Collection[str],
) -> set[str]:
    """The nodes whose sums, earlier and now, tell by their difference a count that is hidden: that of a unit which came
    to be counted in them, or no longer is.

    `placed` has for each unit the nodes that it is counted in, first the unit that answers for it, which is mostly
    itself. Where each pack shows the unit's own count, the difference tells nothing. Where what is returned is hidden,
    each sum shown is one of an earlier pack, more or less by counts that are shown.
    """
    found: set[str] = set()
    for unit in placed.keys() | placed_before.keys():
        now, before = placed.get(unit, ()), placed_before.get(unit, ())
        changed = set(now) ^ set(before)
        if changed:
            own = [closed for nodes, closed in ((now, hidden), (before, hidden_before)) if unit in nodes]
            if not own or any(unit in closed for closed in own):
                found |= changed
    return found


def open_nodes(tree: Tree, hidden: Collection[str], children: Mapping[str, Sequence[str]] | None = None) -> list[str]:
    """The hidden nodes that a reader can work out too closely, in the order of the tree.

    Not those whose zero is no secret: nothing that is hidden besides could make one of it.
    """
    below = tree.children() if children is None else children
    known, secret = bounds(tree, hidden, below), set(hidden) - tree.known_zeros(below)
    return [node for node in tree.parents if node in secret and known[node][1] - known[node][0] < THRESHOLD]


def bounds(
    tree: Tree, hidden: Collection[str], children: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Bounds]:
    """For each node the least and the most it can be, to a reader of those shown who knows that none is negative."""
    below = tree.children() if children is None else children
    up: dict[str, Bounds] = {}
    for node in reversed(list(tree.parents)):
        if node not in hidden:
            up[node] = (tree.values[node], tree.values[node])
        elif not below[node]:
            up[node] = (0, 0 if node in tree.vacant else math.inf)
        else:
            up[node] = (sum(up[child][0] for child in below[node]), sum(up[child][1] for child in below[node]))
    known = {node: up[node] for node, parent in tree.parents.items() if parent is None}
    for node in tree.parents:
        least, most = known[node]
        endless = sum(up[child][1] == math.inf for child in below[node])
        all_least = sum(up[child][0] for child in below[node])
        all_most = sum(up[child][1] for child in below[node] if up[child][1] < math.inf)
        for child in below[node]:
            low, high = up[child]
            # The others at their most and at their least leave for this one the least and the most.
            if endless - (high == math.inf) == 0:
                low = max(low, least - (all_most - (high if high < math.inf else 0)))
            known[child] = (low, min(high, most - (all_least - up[child][0])))
    return known


def _next_to_hide(tree: Tree, children: Mapping[str, Sequence[str]], hidden: set[str], node: str) -> str:
    """The smallest shown node that tells too much of this one: below it, beside it, else above it."""
    shown_below = [child for child in children[node] if child not in hidden]
    if shown_below:
        return _smallest(tree, shown_below)
    at: str | None = node
    while at is not None:
        parent = tree.parents[at]
        if parent is None:
            break
        beside = [other for other in children[parent] if other not in hidden]
        if beside:
            return _smallest(tree, beside)
        if parent not in hidden:
            return parent
        at = parent
    return _smallest(tree, [other for other in tree.parents if other not in hidden])


def _smallest(tree: Tree, nodes: Sequence[str]) -> str:
    return min(nodes, key=lambda node: (tree.values[node], node))
