"""Which story of the bank somebody names aloud: "I'd tell the billing one"."""

__all__ = ["named_story"]

from collections import Counter
from collections.abc import Sequence

from voicemock.preparation.stories.story import Story
from voicemock.preparation.stories.suggest import stems


def named_story(said: str, stories: Sequence[Story], *, apart: str = "") -> Story | None:
    """Return the story whose title's telling words are said most; None if none is, or several are as much.

    A word that stands in several titles tells less than one that stands in one. apart: words that name no story, such
    as the question's own.
    """
    titles = {story.id: stems(story.title) for story in stories}
    often = Counter(word for words in titles.values() for word in words)
    heard = stems(said) - stems(apart)
    points = {id: sum(1 / often[word] for word in words & heard) for id, words in titles.items()}
    best = max(points.values(), default=0.0)
    first = [story for story in stories if points[story.id] == best]
    return first[0] if best > 0 and len(first) == 1 else None
