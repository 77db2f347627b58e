"""No count under the threshold is shown, and none can be worked out from all that is shown."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project.public_pack.suppress import THRESHOLD, Tree, bounds, hidden_nodes, open_nodes

#: More than any leaf of `trees` counts, so that the values that are tried reach beyond the threshold from each.
MOST_TRIED = 15


def tree_of(parents: dict[str, str | None], leaves: dict[str, int], vacant: Collection[str] = ()) -> Tree:
    values = dict.fromkeys(parents, 0)
    for leaf, value in leaves.items():
        node: str | None = leaf
        while node is not None:
            values[node] += value
            node = parents[node]
    return Tree(parents, values, vacant)


@st.composite
def trees(draw: st.DrawFn, most_nodes: int, most_leaves: int, most: int = MOST_TRIED - THRESHOLD - 1) -> Tree:
    """Trees of any shape, and woods of several: a node's parent is any node before it, or none."""
    parents: dict[str, str | None] = {"n00": None}
    for number in range(1, draw(st.integers(1, most_nodes))):
        leaves = [node for node in parents if node not in parents.values()]
        of = sorted(parents) if len(leaves) < most_leaves else leaves
        parents[f"n{number:02}"] = draw(st.sampled_from(of))
    leaves = [node for node in parents if node not in parents.values()]
    counts = st.integers(0, most)
    vacant = draw(st.sets(st.sampled_from(leaves)))
    return tree_of(parents, {leaf: 0 if leaf in vacant else draw(counts) for leaf in leaves}, vacant)


def secrets(tree: Tree) -> set[str]:
    """What is hidden of a tree and not plainly zero: a node with a leaf at or below it that is not vacant."""
    found = set()
    for leaf in tree.parents.keys() - set(tree.parents.values()) - set(tree.vacant):
        node: str | None = leaf
        while node is not None:
            found.add(node)
            node = tree.parents[node]
    return hidden_nodes(tree) & found


def solved(tree: Tree, hidden: Collection[str]) -> dict[str, int]:
    """What a reader who knows every equation between shown and hidden nodes gets by solving them all."""
    unknown = sorted(hidden)
    rows = []
    for node, children in tree.children().items():
        if children:
            row = [Fraction(0)] * (len(unknown) + 1)
            for other, sign in ((node, -1), *((child, 1) for child in children)):
                if other in hidden:
                    row[unknown.index(other)] += sign
                else:
                    row[-1] -= sign * tree.values[other]
            rows.append(row)
    done = 0
    for column in range(len(unknown)):
        pivot = next((row for row in rows[done:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [cell / pivot[column] for cell in pivot]
        rows = [[cell - row[column] * by for cell, by in zip(row, pivot, strict=True)] for row in rows]
        rows.insert(done, pivot)
        done += 1
    alone = [(row, [place for place, cell in enumerate(row[:-1]) if cell]) for row in rows]
    return {unknown[places[0]]: int(row[-1] / row[places[0]]) for row, places in alone if len(places) == 1}


def tried(tree: Tree, hidden: Collection[str]) -> dict[str, set[int]]:
    """Every value of each hidden node that agrees with all that is shown, by trying all small counts of the leaves."""
    leaves = [node for node, children in tree.children().items() if not children]
    unknown = set(hidden).difference(tree.vacant)
    choices = [range(MOST_TRIED + 1) if leaf in unknown else [tree.values[leaf]] for leaf in leaves]
    found: dict[str, set[int]] = {node: set() for node in hidden}
    for chosen in itertools.product(*choices):
        values = tree_of(dict(tree.parents), dict(zip(leaves, chosen, strict=True))).values
        if all(values[node] == tree.values[node] for node in tree.parents if node not in hidden):
            for node in hidden:
                found[node].add(values[node])
    return found


CITY = {"city": None, "east": "city", "west": "city", "a": "east", "b": "east", "c": "west"}


def test_of_two_siblings_neither_is_shown_where_one_is_small() -> None:
    tree = tree_of({"city": None, "a": "city", "b": "city", "c": "city"}, {"a": 3, "b": 9, "c": 7})
    assert hidden_nodes(tree) == {"a", "c"}


def test_five_is_shown_and_four_is_not() -> None:
    parents: dict[str, str | None] = {"a": None, "b": None}
    assert hidden_nodes(Tree(parents, {"a": 5, "b": 4})) == {"b"}


def test_siblings_that_are_all_small_keep_their_sum_shown() -> None:
    tree = tree_of({"city": None, "a": "city", "b": "city"}, {"a": 3, "b": 4})
    assert hidden_nodes(tree) == {"a", "b"}


def test_zeros_are_not_told_by_a_sum_that_the_others_fill() -> None:
    tree = tree_of({"city": None, "a": "city", "b": "city", "c": "city"}, {"a": 0, "b": 0, "c": 9})
    # Were c shown, a and b would be 9 - 9 = 0 together, and so each.
    assert hidden_nodes(tree) == {"a", "b", "c"}


def test_a_small_unit_is_hidden_through_every_level() -> None:
    tree = tree_of(CITY, {"a": 6, "b": 8, "c": 2})
    # west = c = 2; the city is 16, so east must not be shown, and of east's units the smaller one neither.
    assert hidden_nodes(tree) == {"west", "c", "east", "a"}


def test_where_none_is_small_all_is_shown() -> None:
    assert hidden_nodes(tree_of(CITY, {"a": 5, "b": 6, "c": 7})) == set()


def test_what_was_hidden_before_stays_hidden() -> None:
    assert hidden_nodes(tree_of(CITY, {"a": 5, "b": 6, "c": 7}), ["a", "gone"]) == {"a", "b"}


def test_a_region_without_units_is_zero_to_the_reader_and_covers_nothing() -> None:
    parents: dict[str, str | None] = {"city": None, "x": "city", "y": "city", "z": "city", "z1": "z", "z2": "z"}
    values = {"city": 27, "x": 7, "y": 20, "z": 0, "z1": 0, "z2": 0}
    # That z is of 0 to 27 would leave x with 0 to 7. Of two regions without units it is 0, and x is 27 - 20 = 7.
    assert hidden_nodes(Tree(parents, values), ["x"]) == {"x", "z", "z1", "z2"}
    assert open_nodes(Tree(parents, values, {"z1", "z2"}), {"x", "z", "z1", "z2"}) == ["x"]
    assert hidden_nodes(Tree(parents, values, {"z1", "z2"}), ["x"]) == {"x", "y", "z", "z1", "z2"}


def test_a_city_without_units_hides_its_zero_and_nothing_more_is_asked_of_it() -> None:
    tree = Tree({"city": None, "east": "city"}, {"city": 0, "east": 0}, {"east"})
    assert hidden_nodes(tree) == {"city", "east"}
    assert bounds(tree, {"city", "east"}) == {"city": (0, 0), "east": (0, 0)}


def test_hiding_only_what_is_small_would_be_found_out() -> None:
    tree = tree_of({"city": None, "a": "city", "b": "city"}, {"a": 3, "b": 9})
    assert solved(tree, {"a"}) == {"a": 3}
    assert open_nodes(tree, {"a"}) == ["a"]


@settings(max_examples=150, deadline=None)
@given(trees(most_nodes=25, most_leaves=20))
def test_no_hidden_count_can_be_solved_from_all_sums_shown(tree: Tree) -> None:
    hidden = hidden_nodes(tree)
    assert {node for node, value in tree.values.items() if value < THRESHOLD} <= hidden
    # All else is shown, or told by the list of units.
    assert solved(tree, secrets(tree)) == {}


@settings(max_examples=60, deadline=None)
@given(trees(most_nodes=7, most_leaves=3))
def test_for_each_hidden_count_at_least_six_values_agree_with_all_that_is_shown(tree: Tree) -> None:
    found = tried(tree, hidden_nodes(tree))
    assert all(len(found[node]) > THRESHOLD for node in secrets(tree))


@settings(max_examples=60, deadline=None)
# All leaves together count no more than is tried for each: what is bounded at all is bounded within that.
@given(trees(most_nodes=7, most_leaves=3, most=MOST_TRIED // 3), st.randoms(use_true_random=False))
def test_the_bounds_are_what_trying_every_value_finds(tree: Tree, chance) -> None:
    hidden = {node for node in tree.parents if chance.random() < 0.5}
    known = bounds(tree, hidden)
    for node, values in tried(tree, hidden).items():
        least, most = known[node]
        assert least == min(values)
        if most <= MOST_TRIED:
            assert most == max(values)


@pytest.mark.parametrize("hidden", [{"city"}, {"city", "east", "a"}])
def test_a_sum_that_is_hidden_alone_is_open_and_with_a_leaf_it_has_no_end(hidden: set[str]) -> None:
    tree = tree_of(CITY, {"a": 6, "b": 8, "c": 7})
    assert bounds(tree, hidden)["city"] == ((21, 21) if hidden == {"city"} else (15, math.inf))
