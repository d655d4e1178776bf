"""Folds names as `src/place/fold.rs` does, so that the makers see the same doubles as the program."""

import unicodedata

SPECIAL = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ə": "e",
    "ħ": "h", "ŋ": "n", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ơ": "o", "ư": "u",
}
DROPPED = set("'’‘ʻʼʿʾ`´.")


def fold(name):
    """Lower case without accents, dots and apostrophes; words parted by one space; `saint` is `st`."""
    out = []
    for char in unicodedata.normalize("NFKD", name.lower()):
        if unicodedata.combining(char) or char in DROPPED:
            continue
        out.append(SPECIAL.get(char, char if char.isalnum() else " "))
    words = ["st" if word == "saint" else word for word in "".join(out).split()]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


def latin(name):
    """Tells whether a name is written in Latin letters only."""
    return all("LATIN" in unicodedata.name(char, "") for char in name if char.isalpha())
