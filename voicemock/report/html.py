"""The report as one page: its own styles, script and sound inside, and no connection out of it."""

__all__ = ["page_policy", "render_html", "shown_upright", "style_hash"]

import base64
import functools
import hashlib
from collections.abc import Mapping
from pathlib import Path

from voicemock.printable import upright
from voicemock.report import lenses, words
from voicemock.report.asked_back import AskedBack
from voicemock.report.templates import asset, environment, player_script
from voicemock.report.timeline import timeline
from voicemock.report.view import view_of
from voicemock.schema import SessionReport


def render_html(
    report: SessionReport,
    *,
    folder: Path | None,
    page_in: Path | None = None,
    elsewhere: bool = True,
    copies: Mapping[str, Path] | None = None,
    examples: bool = True,
) -> str:
    """Return the report as one HTML page.

    Recordings are put into the page; one that is missing is reported, and one that is too long is linked. The page may
    load nothing: its security policy names the hash of its own style and script, and ``data:`` for the sound.

    folder: where recordings are looked for; None leaves the sound out. elsewhere: they may also be where the command
    was given. page_in: the page's own folder if that is another. copies: of recordings on no disk of this machine, by
    their address, where they can be read for the moment. examples: with a strong answer, folded away, beside those that
    have findings.
    """
    from markupsafe import Markup

    from voicemock.report.player_audio import Sound, load_sound  # loads numpy

    style, script = asset("report.css") + asset("feedback.css"), player_script() + asset("feedback.js")
    view = view_of(report, examples=examples)
    answers = [answer.report for answer in view.answers]
    load = functools.partial(load_sound, folder=folder, page_in=page_in, elsewhere=elsewhere, copies=copies)
    sounds = [load(answer.recording) if answer.recording else Sound() for answer in answers]
    page = environment(autoescape=True, finalize=shown_upright).get_template("report.html.jinja")
    return page.render(
        view=view,
        sounds=sounds,
        timelines=[timeline(answer) for answer in answers],
        policy=page_policy(style, script, linked=any(sound.linked for sound in sounds)),
        style=Markup(style),
        script=Markup(script),
        words=words,
        lenses=lenses,
        asked=AskedBack(report),
    )


def page_policy(style: str, script: str, *, linked: bool) -> str:
    """Return the security policy of a page that loads nothing; linked: but sound that is beside it."""
    media = "data: file: 'self'" if linked else "data:"
    return (
        f"default-src 'none'; script-src {style_hash(script)}; style-src {style_hash(style)}; media-src {media}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def shown_upright(value: object) -> object:
    """Return what a template shows: no text turns a line around."""
    return upright(value) if type(value) is str else value  # not what is markup already


def style_hash(content: str) -> str:
    """Return how a page's security policy names a style or a script of its own."""
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest())
    return f"'sha256-{digest.decode()}'"
