"""The page for practising: what to choose from, the try-out of a microphone and a voice, and the session itself."""

__all__ = ["begin", "devices", "practise", "sample", "spoken", "try_microphone"]

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from voicemock.errors import DeviceError, UnknownNameError, UsageError, VoicemockError
from voicemock.page.board import Line
from voicemock.page.house import House
from voicemock.page.reply import Asked, Page, Reply, on_the_page

if TYPE_CHECKING:
    from voicemock.page.session import Choice

SOUND = "audio/wav"


class Named(msgspec.Struct, frozen=True):
    """Something to choose, and what to call it."""

    id: str
    title: str


class Form(msgspec.Struct, frozen=True):
    """A drill or a round to choose; about: what it trains."""

    id: str
    title: str
    about: str


class Forms(msgspec.Struct, frozen=True):
    """Forms of one kind."""

    title: str
    forms: tuple[Form, ...]


class Practise(msgspec.Struct, frozen=True):
    """What the form begins with; due: how many questions are.

    forms: drills, rounds and the other way round, by what they are called together. chosen: the set or the form that
    was named; minutes, dimension: of a round that was. first: nothing is remembered yet. resume: the session to go on
    with, if one was named.
    """

    sets: tuple[Named, ...]
    usual: str
    chosen: str
    minutes: str
    dimension: str
    due: int
    forms: tuple[Forms, ...]
    manners: tuple[Named, ...]
    first: bool
    voice: str | None
    microphone: str | None
    resume: Named | None
    question: Named | None


class _Tried(msgspec.Struct, frozen=True):
    """As in ``Choice``."""

    microphone: str | None = None


class Devices(msgspec.Struct, frozen=True):
    """What this machine offers; loudspeaker: whether there is one.

    usual: the remembered microphone by its name. problem: why there is none, or not that one, and what is used instead.
    """

    microphones: tuple[str, ...]
    usual: str
    voices: tuple[Named, ...]
    loudspeaker: bool
    problem: str


def practise(_house: House, asked: Asked) -> Page:
    """Return the page."""
    import datetime

    from voicemock.archive.listing import find_session
    from voicemock.config import load_config
    from voicemock.jobs.due import find_schedule
    from voicemock.paths import config_file
    from voicemock.phrases import plural
    from voicemock.questions.sets import find_question, list_sets, load_set

    config = load_config()
    today = datetime.datetime.now().astimezone().date()
    sets = sorted(list_sets(), key=lambda one: one.id != config.question_set)
    again = find_session(asked.query["resume"]) if asked.query.get("resume") else None
    chosen = load_set(asked.query["set"]).id if asked.query.get("set") else asked.query.get("form", "")
    question = find_question(asked.query["question"]) if asked.query.get("question") else None
    return Page(
        "practise",
        Practise(
            sets=tuple(Named(one.id, f"{one.title} ({plural(len(one.questions), 'question')})") for one in sets),
            usual=config.question_set,
            chosen=chosen,
            minutes=asked.query.get("minutes", "40"),
            dimension=asked.query.get("dimension", ""),
            due=len(find_schedule(config.question_set, today, tell=lambda _: None).due),
            forms=_forms(),
            manners=tuple(Named(name, name.capitalize()) for name in ("warm", "neutral", "strict")),
            first=not config_file().exists(),
            voice=config.voice,
            microphone=None if config.input_device is None else str(config.input_device),
            resume=Named(again.id, again.info.title if again.info else again.id) if again else None,
            question=Named(question.id, question.text) if question else None,
        ),
    )


def _forms() -> tuple[Forms, ...]:
    from voicemock.preparation.drills import load_drills
    from voicemock.preparation.reverse import listener_names
    from voicemock.preparation.rounds import load_rounds

    def form(kind: str, name: str, about: str) -> Form:
        words = name.replace("-", " ")
        return Form(f"{kind}/{name}", words[0].upper() + words[1:], f"{about[0].upper()}{about[1:]}.")

    listeners = (form("reverse", name, f"you ask the {name.replace('-', ' ')}") for name in listener_names())
    return (
        Forms("One thing at a time", tuple(form("drill", name, one.summary) for name, one in load_drills().items())),
        Forms("A whole interview", tuple(form("loop", name, one.summary) for name, one in load_rounds().items())),
        Forms("You ask them", tuple(listeners)),
    )


def devices(house: House, _asked: Asked) -> Devices:
    """Return the microphones and the voices there are; looked for anew unless something is being recorded."""
    from voicemock.audio.devices import Direction, find_device, list_devices, refresh
    from voicemock.config import load_config

    wanted = load_config().input_device
    problem, usual, microphones, loudspeaker = "", "", [], False
    try:
        with house.card:
            if not (house.session and house.session.running):
                refresh()
            loudspeaker = bool(list_devices(Direction.OUTPUT))
            microphones = list(dict.fromkeys(one.name for one in list_devices(Direction.INPUT)))
            usual = find_device(wanted, Direction.INPUT).name if wanted is not None or not microphones else ""
    except DeviceError as error:
        if microphones:
            problem = f"{error.message} Your system's choice is used instead."
        else:
            problem = on_the_page(f"{error.message} {error.hint} The browser's microphone is used instead.")
    return Devices(tuple(microphones), usual, _voices(), loudspeaker, problem)


def _voices() -> tuple[Named, ...]:
    from voicemock.voices import natural
    from voicemock.voices.system import list_voices

    found = [Named("natural", "A natural voice, American English")] if natural.installed() else []
    try:
        every, usual = list_voices()
    except VoicemockError:
        return tuple(found)
    found.append(Named("system", f"Your system's choice, {usual.label}" if usual else "Your system's choice"))
    found += [Named(f"system:{one.id}", one.label) for one in every if one.speaks_english and one != usual]
    return tuple(found)


def try_microphone(house: House, asked: Asked) -> Page:
    """Listen for two seconds, showing the level meanwhile, and say how loud it was."""
    from voicemock.config import load_config
    from voicemock.jobs.level_test import level_said, level_test

    chosen = msgspec.convert(asked.data, _Tried).microphone
    wanted = load_config().input_device if chosen is None else chosen or None
    with house.card:
        if house.session and house.session.running:
            raise UsageError("A session is running, and has the microphone.", hint="Finish it first.")
        try:
            level = level_test(wanted, watch=lambda db: house.board.show(level_db=round(db, 1)))
        finally:
            house.board.show(level_db=None)
    good, text = level_said(level)
    return Page("", {"good": good, "text": text})


def sample(_house: House, asked: Asked) -> Reply:
    """Return a sentence in a voice."""
    from voicemock.config import load_config
    from voicemock.voices import SAMPLE, open_voice

    config = load_config()
    voice = open_voice(asked.query.get("voice") or config.voice, rate_wpm=config.voice_rate, volume=config.voice_volume)
    with tempfile.TemporaryDirectory(prefix="voicemock-") as folder:
        path = Path(folder) / "sample.wav"
        voice.render(SAMPLE, path)
        return Reply(path.read_bytes(), SOUND)


def begin(house: House, asked: Asked) -> dict[str, bool]:
    """Begin a session, or take one up again; what is chosen the first time is remembered, as in a terminal."""
    from voicemock.page.session import Choice

    choice = msgspec.convert(asked.data, Choice)
    house.begin(choice)
    try:
        _remember(choice)
    except VoicemockError as error:  # the session is held all the same
        house.board.say(Line(f"{error.message} {error.hint}".strip(), warning=True))
    return {"begun": True}


def _remember(choice: "Choice") -> None:
    """Keep the set, the microphone and the voice of the first practice; a browser's microphone is no setting."""
    from voicemock.config import save_config
    from voicemock.page.session import BROWSER
    from voicemock.paths import config_file

    if config_file().exists() or choice.resume or choice.form or choice.question:
        return
    microphone = None if choice.microphone == BROWSER else choice.microphone
    chosen = {"question_set": choice.set, "input_device": microphone, "voice": choice.voice}
    save_config({key: value for key, value in chosen.items() if value})


def spoken(house: House, asked: Asked) -> Reply:
    """Return the words of the interviewer that a tab is to play now."""
    number = asked.at["number"]
    sound = house.session.aloud.sound(number) if house.session else None
    if sound is None:
        raise UnknownNameError("sound", number, ())
    return Reply(sound, SOUND)
