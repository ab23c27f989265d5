"""Read the same answers as text and as speech: render, listen, compare the signals.

usage: python benchmarks/reading_by_ear.py ANSWERS.jsonl [--first N] [--model tiny.en] [--voice natural]

Prints a Markdown table: how many of the signals agree, which do not, and the words the recogniser got wrong.
"""

import argparse
import difflib
import tempfile
from pathlib import Path

from reading import load

from voicemock.audio.load import AudioFile
from voicemock.models.catalogue import find_model
from voicemock.reading import from_text, read
from voicemock.reading.text import HESITATIONS, passage
from voicemock.schema import Kind, Question, Reading, SignalName
from voicemock.speech.listen import listen
from voicemock.speech.recognise import Recogniser
from voicemock.voices import open_voice


def content(text: str) -> list[str]:
    """Return the words a recogniser must get right for the reading to be the same."""
    return [token.word for token in passage(text).tokens if token.word not in HESITATIONS]


def errors(said: str, heard: str) -> float:
    """Return the share of words changed, added or lost."""
    wanted, got = content(said), content(heard)
    matcher = difflib.SequenceMatcher(None, wanted, got, autojunk=False)
    return sum(max(j - i, n - m) for tag, i, j, m, n in matcher.get_opcodes() if tag != "equal") / len(wanted)


def differing(one: Reading, other: Reading) -> list[str]:
    """Return the signals one reading holds and the other does not, each with who heard it."""
    found = []
    for name in SignalName:
        by_text, by_ear = one.signals[name].present, other.signals[name].present
        if by_text != by_ear:
            found.append(f"{name.value} ({'text' if by_text else 'speech'} only)")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--first", type=int, default=8, help="so many answers")
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--voice", default="natural")
    args = parser.parse_args()
    voice, recogniser = open_voice(args.voice), Recogniser(find_model(args.model), threads=1)
    print("| answer | word errors | signals that agree | that do not |\n|---|---|---|---|")
    agree = 0
    rows = load(args.answers)[: args.first]
    for row in rows:
        question = Question(id="asked", text=row["question"], kind=Kind.BEHAVIOURAL)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answer.wav"
            voice.render(row["text"], path)
            heard = listen(AudioFile(path), recogniser)
        by_text = read(from_text(row["text"]), question=question)
        by_ear = read(heard.transcript, question=question, filled_pauses=heard.filled_pauses)
        different = differing(by_text, by_ear)
        same = len(SignalName) - len(different)
        agree += same
        wrong = errors(row["text"], heard.transcript.text)
        print(f"| {row['id']} | {wrong:.0%} | {same}/{len(SignalName)} | {', '.join(different)} |", flush=True)
    print(f"| all | | {agree / len(rows) / len(SignalName):.0%} | |")


if __name__ == "__main__":
    main()
