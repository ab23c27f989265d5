"""English as people of other first languages say it, as far as swapped sounds can show it.

An accent swaps sounds of misaki's alphabet for the nearest ones of the first language; fillers are swapped too. Such
speakers also hold the last vowel of a word ("our", "all", "the") while they look for the next one: that is no filler,
though its sound is much like one.
"""

from __future__ import annotations

import re

VOWELS = "AIOQWYaeioœøuyæɑɐɒɔəɚɛɜɤɨɪɯʊʌᵊᵻ"

DRAWN_OUT = {"the", "a", "our", "all", "and", "so", "her", "were", "are", "or", "for", "was", "to", "of", "other", "I"}
"""Words that are held most often; others now and then."""

SWAPS = {
    "german": "θ>s ð>z w>v ɹ>ʁ æ>ɛ ʌ>a ɐ>a A>e O>o ᵊ>ə ʤ>ʧ z$>s d$>t",
    "spanish": "θ>t ð>d ɪ>i ᵻ>i ʊ>u ə>e ɐ>a æ>a ʌ>a ɜ>e ɹ>ɾ z>s v>b A>e O>o ᵊ>e ʃ>ʧ ɑ>a ɔ>o",
    "indian": "θ>t ð>d w>ʋ v>ʋ ɹ>ɾ t>ʈ d>ɖ æ>ɛ ʌ>ə ɐ>ə A>e O>o ɑ>a T>ʈ",
    "russian": "θ>s ð>z w>v ɹ>r ɪ>i ᵻ>i æ>ɛ h>x ə>a ɐ>a ʌ>a ɜ>ɛ O>o ŋ>n ᵊ>a d$>t z$>s",
    "korean": "θ>s ð>d v>b f>p z>ʤ ɪ>i æ>ɛ ʌ>ɑ ɐ>ɑ ɹ>ɾ A>e O>o ə>ɯ ɜ>ɑ ʊ>u",
    "french": "θ>s ð>z h> ɹ>ʁ ɪ>i ᵻ>i ʊ>u ʌ>œ ɐ>œ ə>œ æ>a ɜ>œ A>e O>o ʧ>ʃ ʤ>ʒ ɑ>a ᵊ>œ",
    "chinese": "θ>s ð>d v>w z>s ɪ>i ᵻ>i æ>a ʌ>a ɐ>a ɹ>ɻ ʊ>u ɜ>ɤ ə>ɤ d$>t l$>o A>e",
    "italian": "θ>t ð>d h> ɪ>i ᵻ>i ʊ>u ə>a ɐ>a æ>ɛ ʌ>a ɜ>ɛ ɹ>r A>e O>o ᵊ>a",
}
"""sound>what is said for it; "$": only at the end of a word."""

HELD_S = 0.32
"""The usual length of a held vowel; from 0.2 s, where it is noticed, to 0.8 s."""

TRAIN_SENTENCES = """
our plan was to move all of our customers to the other system over the summer
her team were the ones who saw all the errors first
a lot of our work was about the cost of our own tools
all of her questions were about our users or their data
""".strip().splitlines()

TEST_SENTENCES = """
our first idea was to ask all the teams for their numbers
all our meetings were about the other half of the company
her answer was that a part of our code had never been tested at all
""".strip().splitlines()

TRAIN_ACCENTS = ["german", "spanish", "indian", "russian", "korean"]
TEST_ACCENTS = ["french", "chinese", "italian"]


def accented(phonemes: str, accent: str) -> str:
    """Return a word's phonemes as said with an accent, unchanged where there is none."""
    swaps = [swap.split(">") for swap in SWAPS.get(accent, "").split()]
    last = {sound[0]: said for sound, said in swaps if sound.endswith("$")}
    phonemes = re.sub(".$", lambda sound: last.get(sound[0], sound[0]), phonemes)
    anywhere = {sound: said for sound, said in swaps if not sound.endswith("$")}
    return "".join(anywhere.get(sound, sound) for sound in phonemes)


def held(phonemes: str) -> tuple[str, str, str]:
    """Part a word into what comes before its last vowel, that vowel, and the rest."""
    at = max((i for i, sound in enumerate(phonemes) if sound in VOWELS), default=len(phonemes) - 1)
    return phonemes[:at], phonemes[at : at + 1], phonemes[at + 1 :]
