"""Rows with a key against what is stored: nothing is lost, nothing doubled, whatever is sent again."""

from collections.abc import Hashable, Mapping

from hypothesis import given
from hypothesis import strategies as st

from luwes.apps.sources.ledger import Entry, Revision, Stored, comparison, revise

SOURCE, OTHER = 1, 2
Rows = Mapping[tuple[Hashable, ...], Stored]

entries = st.lists(
    st.builds(Entry, st.tuples(st.integers(0, 6)), st.tuples(st.integers(0, 2)), st.integers(1, 99)), max_size=20
)
stored_rows = st.dictionaries(
    st.tuples(st.integers(0, 6)),
    st.tuples(st.integers(0, 2), st.sampled_from([SOURCE, OTHER])),
    max_size=7,
).map(lambda d: {key: Stored(pk, (value,), source) for pk, (key, (value, source)) in enumerate(d.items(), 1)})


def _after(revision: Revision, stored: Rows, *, withdraw: bool) -> dict[tuple[Hashable, ...], Stored]:
    ended = set(revision.superseded(withdraw_gone=withdraw))
    left = {key: row for key, row in stored.items() if row.pk not in ended}
    return left | {e.key: Stored(1000 + n, e.values, SOURCE) for n, e in enumerate(revision.inserts)}


@given(entries, stored_rows)
def test_what_is_stored_afterwards_is_what_the_file_says_and_a_second_time_changes_nothing(
    said: list[Entry], stored: Rows
) -> None:
    first = revise(said, stored, source_pk=SOURCE)
    clear = {e.key: e.values for e in said} | {}
    for entry in first.clashing:
        clear.pop(entry.key, None)
    after = _after(first, stored, withdraw=False)
    assert {key: row.values for key, row in after.items() if key in clear} == clear
    again = revise(said, after, source_pk=SOURCE)
    assert not again.inserts
    assert not again.superseded(withdraw_gone=False)


@given(entries, stored_rows)
def test_every_row_of_the_file_is_accounted_for_once(said: list[Entry], stored: Rows) -> None:
    found = revise(said, stored, source_pk=SOURCE)
    counts = len(found.new) + len(found.changed) + found.unchanged + len(found.repeated) + len(found.clashing)
    assert counts == len(said)


@given(entries, stored_rows)
def test_withdrawing_takes_only_this_source_s_unnamed_rows(said: list[Entry], stored: Rows) -> None:
    after = _after(revise(said, stored, source_pk=SOURCE), stored, withdraw=True)
    named = {entry.key for entry in said}
    for key, row in stored.items():
        if key not in named:
            assert (key in after) == (row.source_pk != SOURCE)


def test_rows_that_differ_are_refused_by_row_and_repeats_are_told() -> None:
    said = [Entry((1,), (5,), 2), Entry((1,), (6,), 3), Entry((2,), (7,), 4), Entry((2,), (7,), 9)]
    told = comparison(revise(said, {}, source_pk=SOURCE), clash_column="Nomor")
    assert [(r.row, r.column, r.code) for r in told.rejects] == [
        (2, "Nomor", "rows_differ"),
        (3, "Nomor", "rows_differ"),
    ]
    assert [(f.code, f.rows) for f in told.findings] == [("repeated_rows", (9,))]
    assert (told.new, told.unchanged) == (1, 1)
