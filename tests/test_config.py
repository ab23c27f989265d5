"""The settings file: every key optional, every mistake located."""

import pytest

from voicemock.config import Config, load_config
from voicemock.errors import DataFileError
from voicemock.paths import config_file


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
        ("\n\nmodel = 3\n", 3, "expected `str | null`, got `int`"),
        ("voice =\n", 1, "not valid TOML"),
    ],
)
def test_a_mistake_is_located(text, line, said):
    write(text)
    with pytest.raises(DataFileError) as caught:
        load_config()
    assert caught.value.message.startswith(f"{config_file()}:{line}: ")
    assert said in caught.value.message
