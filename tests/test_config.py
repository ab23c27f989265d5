"""The settings file: every key optional, every mistake located."""

import sys
from pathlib import Path

import pytest

from voicemock.config import Config, load_config, save_config
from voicemock.errors import DataFileError, VoicemockError
from voicemock.loopback import LocalModel
from voicemock.paths import config_file

pytestmark = pytest.mark.usefixtures("never_used_before")


def write(text: str) -> None:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text(text)


def test_no_file_means_defaults():
    assert load_config() == Config()


def test_settings_are_read():
    write('model = "base.en"\ninput_device = 3\n')
    assert load_config() == Config(model="base.en", input_device=3)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('voice = "natural"\nmodle = "x"\n', 2, "did you mean 'model'?"),
        ("\n\nmodel = 3\n", 3, "expected text in quotes, got a whole number"),
        ("voice =\n", 1, "not valid TOML"),
    ],
)
def test_a_mistake_is_located(text, line, said):
    write(text)
    with pytest.raises(DataFileError) as caught:
        load_config()
    assert caught.value.message.startswith(f"{config_file()}:{line}: ")
    assert said in caught.value.message


def test_an_empty_file_means_defaults():
    write("")
    assert load_config() == Config()


@pytest.mark.parametrize("value", ["84", "341", "170.0", '"fast"'])
def test_a_rate_out_of_reach_is_located(value):
    write(f'voice = "system"\nvoice_rate = {value}\n')
    with pytest.raises(DataFileError, match=r":2: 'voice_rate': expected a whole number"):
        load_config()


@pytest.mark.parametrize("value", ["-0.1", "1.1", "nan", '"full"'])
def test_a_volume_out_of_reach_is_located(value):
    write(f"voice_volume = {value}\n")
    with pytest.raises(DataFileError, match=r":1: 'voice_volume': expected a number"):
        load_config()


def test_settings_are_saved_into_a_private_file():
    path = save_config({"voice": "natural", "voice_rate": 150, "voice_volume": 0.5})
    assert load_config() == Config(voice="natural", voice_rate=150, voice_volume=0.5)
    if sys.platform != "win32":
        assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_saving_changes_its_own_lines_and_no_other():
    write(
        "# mine\r\nvoice = 'system'  # the # plain one\r\nvoice_rate = 120#slow\r\n\r\n# model = 'x'\r\n"
        "model = 'base.en'"
    )
    save_config({"voice": "natural", "voice_rate": 150, "question_set": "em_hiring"})
    assert config_file().read_bytes().decode() == (
        "# mine\r\nvoice = \"natural\"  # the # plain one\r\nvoice_rate = 150#slow\r\n\r\n# model = 'x'\r\n"
        "model = 'base.en'\nquestion_set = \"em_hiring\"\n"
    )


def test_a_setting_is_taken_back_with_its_line_alone():
    text = "# mine\r\nvoice = 'system'  # why\r\n model = 'x'\r\nvoice_rate = 120\r\n"
    write(text)
    save_config({"input_device": None})
    assert config_file().read_bytes().decode() == text
    save_config({"voice": None, "model": None, "voice_rate": 150})
    assert config_file().read_bytes().decode() == "# mine\r\n# why\r\nvoice_rate = 150\r\n"
    write('voice = """\nnatural"""\nmodel = "x"\n')
    with pytest.raises(VoicemockError) as refused:
        save_config({"voice": None, "model": "y"})
    assert refused.value.hint == 'Set:\nvoice: leave it out\nmodel = "y"'


@pytest.mark.parametrize("name", ['a "quoted" \\ name', "tab\tbell\x07del\x7f", "Müller 🎤", "# no comment = [1]", ""])
def test_any_name_is_read_back_as_it_was(name):
    save_config({"input_device": name})
    save_config({"output_device": name, "input_device": name})
    assert load_config() == Config(input_device=name, output_device=name)


@pytest.mark.parametrize(
    "text",
    [
        "voice =\n",
        'modle = "x"\n',
        'voice = """\nnatural"""\n',
        '"voice" = "natural"\n',
        "model = '''\nvoice = 1\n'''\n",
    ],
    ids=["syntax", "unknown key", "several lines", "quoted key", "a line that only looks like one"],
)
def test_a_file_that_cannot_be_changed_is_left_as_it_was(text):
    write(text)
    with pytest.raises(VoicemockError, match=r"config\.toml"):
        save_config({"voice": "system"})
    assert config_file().read_text() == text


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_stays_a_link(tmp_path):
    kept = tmp_path / "dotfiles.toml"
    kept.write_text('voice = "system"\n')
    config_file().parent.mkdir(parents=True)
    config_file().symlink_to(kept)
    save_config({"voice": "natural"})
    assert config_file().is_symlink()
    assert kept.read_text() == 'voice = "natural"\n'


def test_a_folder_that_cannot_be_written_is_told():
    config_file().parent.parent.mkdir(exist_ok=True)
    config_file().parent.write_text("a file in the way")
    with pytest.raises(VoicemockError, match="cannot be written"):
        save_config({"voice": "natural"})


def test_the_documented_example_sets_every_key():
    page = Path(__file__).parent.parent / "docs" / "settings.md"
    write(page.read_text(encoding="utf-8").split("```")[1].removeprefix("toml\n"))
    usual, example = Config(), load_config()
    assert all(
        getattr(example, key) != getattr(usual, key) for key in Config.__struct_fields__ if key != "question_set"
    )
    assert "question_set" in config_file().read_text()


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1"),
        ("http://127.0.0.2/", "http://127.0.0.2"),
        ("http://[::1]:8080/v1/", "http://[::1]:8080/v1"),
    ],
)
def test_a_second_reader_on_this_computer_is_taken(address, leads_to):
    write(f'second_reader = "{address} llama3.2:3b"\n')
    assert load_config().local_model == LocalModel("llama3.2:3b", (leads_to,))
    assert Config().local_model is None


@pytest.mark.parametrize(
    "address",
    [
        "http://192.168.1.5:11434/v1",
        "http://0.0.0.0:11434/v1",
        "http://[::]:11434/v1",
        "http://[fe80::1]:11434/v1",
        "http://[::1%eth0]:11434/v1",
        "http://8.8.8.8/v1",
        "http://128.0.0.1/v1",
        "http://127.1/v1",
        "http://2130706433/v1",
        "http://example.com/v1",
        "http://127.0.0.1.example.com/v1",
        "http://localhost.example.com/v1",
        "http://localhost./v1",
    ],
)
def test_a_second_reader_elsewhere_is_refused(address):
    write(f'voice = "system"\nsecond_reader = "{address} llama3.2:3b"\n')
    with pytest.raises(DataFileError, match=r":2: 'second_reader': '.*' is not this computer, and answers are sent"):
        load_config()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("http://127.0.0.1:11434/v1", "expected an address and a model"),
        ("", "expected an address and a model"),
        ("https://127.0.0.1:11434/v1 m", "begins with http://"),
        ("ftp://127.0.0.1/v1 m", "begins with http://"),
        ("127.0.0.1:11434/v1 m", "begins with http://"),
        ("http:///v1 m", "begins with http://"),
        ("http://me:secret@127.0.0.1:11434/v1 m", "without a user"),
        ("http://127.0.0.1@example.com/v1 m", "without a user"),
        ("http://127.0.0.1:1\\\\@example.com/v1 m", "without a user"),
        ("http://127.0.0.1/v1?to=x m", "without a user"),
        ("http://127.0.0.1/v1# m", "without a user"),
        ("http://127.0.0.1:port/v1 m", "no address"),
        ("http://127.0.0.1:99999/v1 m", "no address"),
        ("http://[::1/v1 m", "no address"),
        ("http://127.0.0.1:11434/v1 gpt-oss:120b-cloud", "does not run on this computer"),
        ("http://127.0.0.1:11434/v1 glm-4.6:cloud", "does not run on this computer"),
    ],
)
def test_a_wrong_second_reader_is_located(setting, said):
    write(f'\nsecond_reader = "{setting}"\n')
    with pytest.raises(DataFileError, match=rf":2: 'second_reader': .*{said}"):
        load_config()


@pytest.mark.parametrize(
    ("numbers", "addresses"),
    [
        (["::1", "127.0.0.1", "127.0.0.1"], ("http://[::1]:1/v1", "http://127.0.0.1:1/v1")),
        (["127.0.0.1", "192.168.1.5"], None),
        ([], None),
    ],
)
def test_localhost_is_taken_only_where_it_is_this_computer(monkeypatch, numbers, addresses):
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (number, 0)) for number in numbers])
    write('second_reader = "http://LocalHost:1/v1 m"\n')
    if addresses:
        assert load_config().local_model == LocalModel("m", addresses)
        return
    with pytest.raises(DataFileError, match="is not this computer"):
        load_config()


def test_no_name_but_localhost_is_looked_up(monkeypatch):
    def looked_up(*_, **__):
        raise AssertionError

    monkeypatch.setattr("socket.getaddrinfo", looked_up)
    write('second_reader = "http://example.com/v1 m"\n')
    with pytest.raises(DataFileError):
        load_config()
