"""What all rows of a source tell is the same on disk and in parts as it is in memory and of the whole."""

import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from starlight.loading.duplicates import survey
from starlight.scale import survey as on_disk

CELLS = st.fixed_dictionaries(
    {
        "text": st.sampled_from(["", "It glows.", "It bores.", "I left."]),
        "review_id": st.sampled_from(["", *"abcdefghijklmnop"]),
        "published": st.sampled_from(["2025-05-30", "5/6/2025", "25/6/2025", "6/25/2025"]),
    }
)


@settings(max_examples=40)
@given(
    st.lists(CELLS, min_size=1, max_size=30),
    st.integers(1, 9),
    st.sets(st.sampled_from(["review_id", "published"])),
    st.integers(1, 4),
    st.integers(1, 9),
)
def test_on_disk_and_in_parts_it_tells_the_same(rows, size, lacks, files, window):
    """Repeats, texts and ids that stand there twice, ids that miss, and dates: of every part what is of the whole."""
    frame = pd.DataFrame(rows, index=range(1, len(rows) + 1), dtype="str").drop(columns=list(lacks))
    parts = [frame.iloc[first : first + size] for first in range(0, len(frame), size)]
    whole = survey([frame])
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(on_disk, "_FILES", files)
        patch.setattr(on_disk, "_WINDOW", window)
        known = on_disk.known(Path(folder) / "survey", parts)
        told = [known.of(part) for part in parts]
    assert known.usable == int(frame["text"].ne("").sum()) - len(whole.repeats)
    assert {row: first for one in told for row, first in one.repeats.items()} == whole.repeats
    assert {row: first for one in told for row, first in one.same_text.items()} == whole.same_text
    for one in told:
        assert (one.rows, one.no_id, one.first, one.has_ids) == (whole.rows, whole.no_id, whole.first, whole.has_ids)
        assert list(one.same_id.items()) == list(whole.same_id.items())[:1]  # enough for a message


def test_a_survey_that_was_stopped_is_begun_anew(tmp_path):
    """What a killed survey left does not count twice, and what a whole one told is read."""
    frame = pd.DataFrame({"text": ["It glows.", "It bores.", "It glows."]}, index=[1, 2, 3], dtype="str")

    def stopped():
        yield frame.iloc[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        on_disk.known(tmp_path / "survey", stopped())
    for frames in ([frame], None):
        known = on_disk.known(tmp_path / "survey", frames)
        assert (known.told.rows, known.usable, known.of(frame).same_text) == (3, 3, {3: 1})
