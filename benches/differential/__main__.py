"""Generates random documents, builds them with Hugo and with Hallway, and tells how they differ.

    HUGO=/path/to/hugo python3 benches/differential --documents 2000 --seed 1 --kind all

Three kinds of documents come from a grammar each: Markdown (in three set-ups: as Docsy's sites have it, Hugo's defaults, and all
extensions on), front matter (whole small sites) and shortcodes. Hundreds of documents are built as one site, with a bare
template that prints the content. The HTML is compared as a list of events (`normal.py`); what differs on purpose is in one
table (`rules.py`) and counted apart. Documents that differ are made small by delta debugging (`shrink.py`) and sorted into
classes by what differs; each class is shown with its smallest document and what both programs make of it.

The same seed gives the same documents. Exit code: 0 if all are equal or differ in a known way, 1 if not, 2 if a program could
not be run; `--limit N` allows N documents to differ. Python 3 with nothing but its standard library.
"""

import argparse
import collections
import json
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import model
import pages
import shrink
import sites

# How documents part that one program refuses and the other takes.
REFUSALS = ("refused => taken", "taken => refused")


def main():
    options = arguments()
    programs = sites.Programs(options.hugo, options.hallway)
    try:
        kinds = list(KINDS) if options.kind == "all" else [options.kind]
        reports = [examine(options, programs, KINDS[kind]()) for kind in kinds]
        if options.json:
            print(json.dumps(reports, indent=2, ensure_ascii=False))
        else:
            print("\n".join(line for report in reports for line in lines(report, options)))
        return 0 if sum(report["differ"] for report in reports) <= options.limit else 1
    except sites.Failure as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 2
    finally:
        programs.close()


KINDS = {"markdown": pages.Markdown, "shortcodes": pages.Shortcodes, "front-matter": model.FrontMatter}


def arguments():
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="differential", description=__doc__, formatter_class=raw)
    add = parser.add_argument
    add("--documents", type=int, default=2000, metavar="N", help="documents of each kind (default 2000)")
    add("--seed", default="1", metavar="S", help="which documents (default 1)")
    add("--kind", default="all", choices=["all", *KINDS], help="which kind (default all)")
    add("--hugo", default=os.environ.get("HUGO", "hugo"), metavar="PATH", help="Hugo's binary (default $HUGO, else hugo)")
    add("--hallway", default=str(sites.REPOSITORY / "target" / "release" / "hallway"), metavar="PATH",
        help="Hallway's binary (default target/release/hallway)")
    add("--shrink", type=int, default=300, metavar="N", help="differing documents to make small (default 300, 0 for none)")
    add("--rounds", type=int, default=60, metavar="N", help="rounds of shrinking, each a build (default 60)")
    add("--seconds", type=float, metavar="S", help="begin no round of shrinking after this time (default: no limit; the smallest "
        "documents then depend on the machine)")
    add("--examples", type=int, default=1, metavar="N", help="small documents to show for each class (default 1)")
    add("--classes", type=int, default=0, metavar="N", help="show the N most frequent classes only (default all)")
    add("--limit", type=int, default=0, metavar="N", help="documents that may differ (default 0)")
    add("--json", action="store_true", help="print the report as JSON")
    add("--quiet", action="store_true", help="tell no progress")
    return parser.parse_args()


def note(options, text):
    if not options.quiet:
        print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def examine(options, programs, kind):
    """Runs one kind of documents; returns its report as plain values."""
    documents = {number: kind.document(options.seed, number) for number in range(options.documents)}
    note(options, f"{kind.name}: {len(documents)} documents")
    results = kind.build(programs, documents)
    counts = collections.Counter()
    profiles = collections.defaultdict(collections.Counter)
    known = collections.Counter()
    failing = {}
    for number, (hugo, ours) in results.items():
        verdict, details = kind.compare(hugo, ours)
        counts[verdict] += 1
        profiles[documents[number][0]][verdict] += 1
        known.update(details if verdict == "known" else [])
        if verdict == "differs":
            failing[number] = details
    note(options, f"{kind.name}: {dict(counts)}")
    return {
        "kind": kind.name, "seed": options.seed, "documents": len(documents), "equal": counts["equal"],
        "known": counts["known"], "known_rules": dict(known.most_common()), "refused_by_both": counts["refused"],
        "differ": counts["differs"], "by_profile": {name: dict(sorted(of.items())) for name, of in sorted(profiles.items())},
        "classes": classes(options, programs, kind, documents, failing),
    }


def classes(options, programs, kind, documents, failing):
    """Shrinks failing documents and sorts them by what differs."""
    rounds = 0

    def differs(candidates):
        nonlocal rounds
        rounds += 1
        unique = {(documents[key][0], text): (documents[key][0], text) for key, text in candidates}
        results = kind.build(programs, unique, skip_refused=True)
        verdicts = {name: kind.compare(*pair) for name, pair in results.items()}
        note(options, f"{kind.name}: round {rounds} of shrinking, {len(unique)} candidates")
        return [same(verdicts[documents[key][0], text], parting[key]) for key, text in candidates]

    def same(verdict, wanted):
        return verdict[0] == "differs" and kind.coarse(*verdict[1]) == wanted

    parting = {number: kind.coarse(*failing[number]) for number in failing}
    spread = spread_over(parting, options.shrink)
    small = shrink.shrink({number: documents[number][1] for number in spread}, differs, options.rounds, kind.fine, options.seconds)
    final = kind.build(programs, {number: (documents[number][0], small.get(number, documents[number][1])) for number in failing})
    groups = collections.defaultdict(list)
    for number, pair in final.items():
        details = kind.compare(*pair)[1]
        profile, text = documents[number]
        if len(details) < 2:
            groups["not the same twice"].append({"document": number, "profile": profile, "text": text, "small": False, "hugo": "", "ours": ""})
            continue
        example = {"document": number, "profile": profile, "text": small.get(number, text), "small": number in small,
                   "hugo": kind.shown(pair[0], details[0]), "ours": kind.shown(pair[1], details[1])}
        plain = number in small or parting[number] in REFUSALS or not kind.fine
        groups[kind.shape(*details) if plain else "not made small: " + parting[number]].append(example)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return [
        {"class": name, "count": len(examples), "examples": sorted(examples, key=lambda example: len(example["text"]))[:8]}
        for name, examples in ordered
    ]


def spread_over(parting, most):
    """Chooses documents to make small: by turns one of each kind of difference.

    Refusals are not among them: to find out about one costs a run of Hugo, and its message names the place.
    """
    queues = collections.defaultdict(list)
    for number in sorted(parting):
        queues[parting[number]].append(number)
    queues = {name: numbers for name, numbers in sorted(queues.items()) if name not in REFUSALS}
    turns = sorted((place, name, number) for name, numbers in queues.items() for place, number in enumerate(numbers))
    return sorted(number for _, _, number in turns[:most])


def lines(report, options):
    """Writes a report for people."""
    yield f"{report['kind']}, seed {report['seed']}: {report['documents']} documents, {report['equal']} equal, {report['known']} differ in a known way,"
    yield f"  {report['refused_by_both']} refused by both, {report['differ']} differ"
    for name, count in report["known_rules"].items():
        yield f"  known: {name} {count}"
    for name, of in report["by_profile"].items():
        yield f"  {name}: " + ", ".join(f"{verdict} {count}" for verdict, count in of.items())
    shown_classes = report["classes"][:options.classes] if options.classes else report["classes"]
    for group in shown_classes:
        yield ""
        yield f"## {group['count']} x {group['class']}"
        for example in group["examples"][:options.examples]:
            yield f"document {example['document']}, {example['profile']}: {example['text']!r}"
            yield f"  Hugo: {example['hugo']!r}"
            yield f"  ours: {example['ours']!r}"


if __name__ == "__main__":
    sys.exit(main())
