"""Makes failing documents small: delta debugging of all of them in step, so that each round is one build.

A reduction is a generator that yields lists of candidate texts and is sent a list of verdicts (does it still differ).
"""

import re
import time

WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def shrink(texts, differs, rounds, fine=True, seconds=None):
    """Shrinks texts by key; `differs` takes a list of (key, text) and returns a list of verdicts.

    Unless `fine`, whole lines are dropped only. After `seconds` no further round is begun.
    """
    begun = time.monotonic()
    running = {key: reduction(text, fine) for key, text in texts.items()}
    asked = {key: next(steps, None) for key, steps in running.items()}
    best = dict(texts)
    for _ in range(rounds):
        asked = {key: candidates for key, candidates in asked.items() if candidates is not None}
        if not asked or (seconds and time.monotonic() - begun > seconds):
            break
        flat = [(key, text) for key, candidates in asked.items() for text in candidates]
        verdicts = dict(zip(flat, differs(flat)))
        for key, candidates in list(asked.items()):
            mine = [verdicts[key, text] for text in candidates]
            best[key] = min([best[key]] + [text for text, bad in zip(candidates, mine) if bad], key=cost)
            try:
                asked[key] = running[key].send(mine)
            except StopIteration:
                asked[key] = None
    return best


def cost(text):
    """Small is short; of two texts of one length, the one with plain letters."""
    return len(text), sum(character != "a" for character in text)


def reduction(text, fine):
    """Shrinks one text: by lines, by words, by characters, then with plain words in place of others."""
    if not fine:
        # Whole files first: each begins with a line of its own.
        text = yield from minimal(re.split(r"^(?==== )", text, flags=re.M)[1:])
        return (yield from minimal(text.splitlines(keepends=True)))
    for _ in range(3):
        before = text
        text = yield from minimal(text.splitlines(keepends=True))
        text = yield from minimal(WORDS.findall(text))
        if len(text) <= 60:
            text = yield from minimal(list(text))
            text = yield from plainer(text)
        if text == before:
            break
    return text


def minimal(parts):
    """Drops every part that can be dropped."""
    size = max(1, len(parts) // 2)
    while parts:
        starts = list(range(0, len(parts), size))
        candidates = ["".join(parts[:start] + parts[start + size:]) for start in starts]
        verdicts = yield candidates
        dropped = [start for start, bad in zip(starts, verdicts) if bad]
        if len(dropped) > 1:
            kept = [part for number, part in enumerate(parts) if number - number % size not in dropped]
            if (yield ["".join(kept)])[0]:
                parts = kept
                continue
        if dropped:
            parts = parts[:dropped[0]] + parts[dropped[0] + size:]
        elif size == 1:
            break
        else:
            size = max(1, size // 2)
    return "".join(parts)


def plainer(text):
    """Puts `a` in place of words."""
    words = [match for match in re.finditer(r"[^\W\d_]{1,}", text) if match.group() != "a"]
    candidates = [text[:match.start()] + "a" + text[match.end():] for match in words]
    if candidates:
        verdicts = yield candidates
        if any(verdicts):
            return candidates[verdicts.index(True)]
    return text
