"""The files that come with Starlight are found beside the package or, in a wheel, inside it."""

import pytest

from starlight.base import resource


@pytest.mark.parametrize("inside", [False, True], ids=["checkout", "wheel"])
def test_a_wheel_has_its_own_copy(tmp_path, monkeypatch, inside):
    """The copy inside the package is used where there is one, else the folder beside the package."""
    package = tmp_path / "starlight"
    monkeypatch.setattr("starlight.base.resources._PACKAGE", package)
    (package / "data" if inside else package).mkdir(parents=True)
    assert resource("data", "themes.csv") == (package if inside else tmp_path) / "data" / "themes.csv"
    assert resource("data") == (package if inside else tmp_path) / "data"


@pytest.mark.parametrize("name", ["themes.csv", "score_conventions.csv", "opinions.csv", "seeds.sha256"])
def test_the_data_is_there(name):
    """Each file of data/ that the package reads is found."""
    assert resource("data", name).is_file()
