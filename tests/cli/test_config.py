import json
from pathlib import Path

import pytest

from factcheck import config
from factcheck.errors import ConfigError


@pytest.fixture
def settings():
    """Writes a settings file into the working folder."""
    return lambda text, name="factcheck.toml": Path(name).write_text(text, encoding="utf-8")


def test_settings_are_defaults_that_options_overrule(run, fake, settings):
    settings('lang = "fr"\nfast = true\nrelation = ["update"]\nmin-confidence = 0.5\n')
    shown = run("check", "cimes")
    assert fake.asked["language"] == "fr" and fake.asked["options"].fast
    assert "↻ update" in shown.stdout and "≠" not in shown.stdout
    run("check", "cimes", "--lang", "en")
    assert fake.asked["language"] == "en"


def test_a_table_holds_for_its_command_alone(run, fake, settings):
    settings('fast = true\n[check]\nformat = "csv"\n[explain]\nfast = false\n')
    assert run("check", "cimes").stdout.startswith("finding,relation")
    assert fake.asked["options"].fast
    run("explain", "5d0c4", "cimes")
    assert not fake.asked["options"].fast


def test_a_value_that_only_some_commands_take_holds_for_those(run, fake, settings):
    settings('format = "csv"')  # `values` has a --format too, without csv
    assert run("check", "cimes").stdout.startswith("finding,relation")


def test_underscores_will_do(run, fake, settings):
    settings("min_confidence = 1.0")
    assert "0 contradictions" in run("check", "cimes").stdout


def test_a_models_folder_is_meant_from_the_settings_and_its_name_is_kept(run, fake, settings, monkeypatch):
    Path("models/nli").mkdir(parents=True)
    Path("articles").mkdir()
    settings('nli = "models/nli"\nencoder = "some/model"\n')
    folder = Path.cwd()
    run("check", "articles")
    assert fake.asked["options"].nli == "models/nli" and fake.asked["options"].encoder == "some/model"
    monkeypatch.chdir("articles")
    run("check", ".")
    assert Path(fake.asked["options"].nli) == folder / "models" / "nli"
    assert fake.asked["options"].encoder == "some/model"


def test_the_project_file_has_a_table_for_it(run, fake, settings):
    settings('[tool.factcheck]\nlang = "fr"\n', "pyproject.toml")
    run("check", "cimes")
    assert fake.asked["language"] == "fr"
    settings('lang = "en"', "factcheck.toml")
    run("check", "cimes")
    assert fake.asked["language"] == "en"


def test_the_nearest_file_above_the_working_folder_counts(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "factcheck.toml").write_text("fast = true")
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert config.find(inner).path == tmp_path / "factcheck.toml"
    (inner / "pyproject.toml").write_text("[tool.factcheck]\n")
    assert config.find(inner).path == inner / "pyproject.toml"


def test_a_file_can_be_named(run, fake, settings):
    settings('lang = "en"')
    settings('lang = "fr"', "other.toml")
    run("--config", "other.toml", "check", "cimes")
    assert fake.asked["language"] == "fr"


@pytest.mark.parametrize(("text", "complaint"), [
    ("relations = ['update']", "unknown key relations: did you mean relation?"),
    ("[check]\nfromat = 'csv'", "unknown key check.fromat: did you mean format?"),
    ("[chekc]\nformat = 'csv'", "unknown key chekc: did you mean check?"),
    ("xyz = 1", "unknown key xyz: known keys: "),
    ("fast = 'yes'", "fast must be true or false, not 'yes'"),
    ("min-confidence = '0.5'", "min-confidence must be a number, not '0.5'"),
    ("min-confidence = 7", "min-confidence: 7.0 is not in the range"),
    ("relation = 1", "relation must be a string or a list of strings, not 1"),
    ("relation = 'quarrel'", "relation: 'quarrel' is not one of"),
    ("relation = ['quarrel']", "relation: 'quarrel' is not one of"),
    ("lang = 'tlh'", "lang: 'tlh' is not one of"),
    ("check = 1", "check must be a table"),
    ("fast = ", "not valid TOML"),
])
def test_a_mistake_is_one_line_with_file_and_key(run, fake, settings, text, complaint):
    settings(text)
    result = run("check", "cimes")
    assert result.exit_code == 2 and fake.asked == {}
    line = result.stderr.removesuffix("\n")
    assert "\n" not in line and line.startswith("factcheck: ") and "factcheck.toml: " in line and complaint in line


def test_one_string_will_do_where_a_list_is_meant(run, fake, settings):
    settings("relation = 'update'\nfail-on = 'update,dispute'\n[check]\nkind = 'date'\n")
    told = run("check", "cimes", "-f", "json").stdout
    assert {(f["relation"], f["kind"]) for f in json.loads(told)["findings"]} <= {("update", "date")}


def test_help_is_given_in_spite_of_a_broken_file(run, settings):
    settings("fast = ")
    assert run("check", "--help").exit_code == 0


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ConfigError, match="can't be read: No such file"):
        config.read(tmp_path / "none.toml")
