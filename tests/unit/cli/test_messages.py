"""Chinese by default, English where it is asked for."""

import pytest

from dagster_project.cli import messages
from dagster_project.cli.messages import t


def test_people_are_spoken_to_in_chinese():
    assert t("好", "good") == "好"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "--lang", "en"], "good"),
        (["--lang=en", "run"], "good"),
        (["run", "--lang", "EN"], "good"),
        (["run", "--lang", "en", "--lang", "zh"], "好"),
        (["run", "--lang", "fr"], "好"),
        (["run", "--lang"], "好"),
        (["sql", "--", "--lang", "en"], "好"),
    ],
)
def test_the_command_line_chooses(arguments, said):
    messages.choose(arguments)
    assert t("好", "good") == said


def test_the_environment_chooses_where_the_command_line_does_not(monkeypatch):
    monkeypatch.setenv("JIANNUO_LANG", "en")
    assert t("好", "good") == "good"
    messages.choose(["--lang", "zh"])
    assert t("好", "good") == "好"


def test_an_unknown_language_in_the_environment_counts_as_none(monkeypatch):
    monkeypatch.setenv("JIANNUO_LANG", "klingon")
    assert t("好", "good") == "好"


def test_an_unknown_language_on_the_command_line_is_wrong_use(jiannuo, data):
    assert jiannuo("sql", "select 1", "--data", data, "--lang", "fr").exit_code == 2
