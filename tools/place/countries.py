"""Makes src/place/data/countries.tsv. Usage: countries.py PACKAGES > countries.tsv

PACKAGES is a folder with the unpacked npm packages `cldr-localenames-full` and `i18n-iso-countries`, each under its
own name (see README.md beside this script).
"""

import json
import pathlib
import sys

from words import fold

LANGUAGES = ["en", "fr", "de", "es", "it", "nl", "pt"]

# CLDR's long names of these three say who governs; its short ones are what everybody writes.
SHORT = {"HK", "MO", "PS"}

# What people write besides: abbreviations, parts of states, former names, and the country's own name for itself.
OTHERS = {
    "AE": "UAE|U.A.E.|Emirates|EAU|VAE|الإمارات",
    "AL": "Shqipëria|Shqipëri",
    "AM": "Հայաստան|Hayastan",
    "AT": "Österreich",
    "AZ": "Azərbaycan",
    "BA": "Bosnia|Bosnie|Bosnien|BiH|Bosna i Hercegovina",
    "BD": "বাংলাদেশ",
    "BG": "България",
    "BY": "Belorussia|Bielorussia|Беларусь|Weißrussland|White Russia",
    "CD": "DRC|DR Congo|D.R. Congo|Democratic Republic of Congo|RDC|RD Congo|Congo-Kinshasa|Zaire|Zaïre",
    "CG": "Congo|Republic of Congo|Congo Republic|Congo-Brazzaville|Kongo",
    "CH": "Suisse|Schweiz|Svizzera|Svizra|Helvetia|Confoederatio Helvetica",
    "CI": "Ivory Coast|Cote d'Ivoire",
    "CN": "PRC|P.R. China|Mainland China|中国|中國",
    "CV": "Cape Verde|Cabo Verde",
    "CY": "Κύπρος|Kıbrıs",
    "CZ": "Czechia|Czech Republic|Tchéquie|Česko|Česká republika|Tschechei",
    "DE": "BRD|Federal Republic of Germany",
    "DK": "Danmark",
    "EE": "Eesti",
    "ES": "España|Espanya|Espainia|Catalonia|Catalunya|Cataluña|Basque Country",
    "FI": "Suomi",
    "FK": "Falklands|Malvinas|Malouines",
    "FO": "Faroes|Føroyar|Faeroe Islands",
    "FM": "Micronesia",
    "GB": "UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|Angleterre|Écosse|Pays de Galles|"
          "Irlande du Nord|Grande-Bretagne|Großbritannien|Schottland|Nordirland|Inglaterra|Escocia|Gales|Gran Bretaña|"
          "Irlanda del Norte|Inghilterra|Scozia|Galles|Gran Bretagna|Irlanda del Nord|Engeland|Schotland|Groot-Brittannië|"
          "Noord-Ierland|Escócia|País de Gales|Grã-Bretanha|Irlanda do Norte|Cymru|Alba|Reino Unido|United Kingdom of Great Britain",
    "GE": "საქართველო|Sakartvelo",
    "GR": "EL|Ελλάδα|Hellas|Ellada|Hellenic Republic",
    "GL": "Kalaallit Nunaat|Grønland",
    "HK": "Hong Kong SAR",
    "HR": "Hrvatska",
    "HU": "Magyarország",
    "IE": "Éire|Republic of Ireland|Irish Republic|Eire",
    "IL": "ישראל|Yisrael",
    "IN": "Bharat|भारत",
    "IR": "ایران|Persia",
    "IS": "Ísland",
    "JP": "日本|Nippon|Nihon",
    "KG": "Kirghizia|Kirgisien",
    "KN": "St Kitts",
    "KP": "North Korea|DPRK",
    "KR": "South Korea|Korea|Republic of Korea|S. Korea|Corée|Corea|Coréia|대한민국|한국|Südkorea",
    "KZ": "Қазақстан|Qazaqstan",
    "LK": "Ceylon",
    "LT": "Lietuva",
    "LU": "Lëtzebuerg|Luxemburg",
    "LV": "Latvija",
    "MA": "المغرب",
    "MD": "Moldova|Moldavia",
    "ME": "Crna Gora",
    "MK": "Macedonia|FYROM|Македонија|Makedonija|Severna Makedonija|Mazedonien|Macédoine",
    "MM": "Burma|Birma|Birmanie",
    "MO": "Macau|Macao",
    "NL": "Holland|Hollande|Holanda|Olanda|Nederland|Netherlands",
    "NO": "Norge|Noreg",
    "NZ": "Aotearoa",
    "PL": "Polska",
    "PS": "Palestinian Territories|West Bank|Gaza|State of Palestine|فلسطين",
    "PY": "Paraguái",
    "RO": "România",
    "RS": "Srbija|Србија",
    "RU": "Russia|Russian Federation|Россия|Rossiya",
    "SA": "KSA|السعودية|Saudi",
    "SE": "Sverige",
    "SI": "Slovenija",
    "SK": "Slovensko|Slovak Republic",
    "SY": "سوريا",
    "SZ": "Swaziland|Eswatini",
    "TH": "ประเทศไทย|Siam",
    "TL": "East Timor|Timor-Leste",
    "TR": "Turkey|Türkiye|Turkiye",
    "TW": "Chinese Taipei|Formosa|臺灣|台灣|台湾|R.O.C.",
    "TZ": "Tanzania",
    "UA": "Україна|Ukraina|The Ukraine",
    "US": "USA|U.S.|U.S.A.|United States of America|America|the States|US of A|États-Unis d'Amérique|USA (Vereinigte Staaten)|"
          "Vereinigte Staaten von Amerika|Estados Unidos de América|EE. UU.|EEUU|EUA|Stati Uniti d'America|"
          "Verenigde Staten van Amerika|VS|Amerika|Amérique|Estados Unidos da América",
    "VA": "Vatican|Holy See|Vatikan|Vaticano|Vaticaan",
    "VI": "US Virgin Islands",
    "VG": "British Virgin Islands|BVI",
    "VN": "Viet Nam|Việt Nam",
    "XK": "XKX|Kosova|Kosovë",
    "ZA": "RSA|Suid-Afrika|Mzansi",
}

# "Congo" alone is the smaller of the two by ISO, and was the People's Republic, whatever a source says.
NOT_THIS = {("CD", "congo"), ("CD", "kongo"), ("CD", "republica popular do congo")}


def territories(packages, language):
    path = packages / "cldr-localenames-full" / "main" / language / "territories.json"
    return json.loads(path.read_text("utf-8"))["main"][language]["localeDisplayNames"]["territories"]


def other_names(packages, language, code):
    path = packages / "i18n-iso-countries" / "langs" / f"{language}.json"
    names = json.loads(path.read_text("utf-8"))["countries"].get(code, [])
    return [names] if isinstance(names, str) else names


def main():
    packages = pathlib.Path(sys.argv[1])
    codes = json.loads((packages / "i18n-iso-countries" / "codes.json").read_text("utf-8"))
    tables = [territories(packages, language) for language in LANGUAGES]
    rows, owners = [], {}
    for alpha2, alpha3, *_ in sorted(codes):
        key = f"{alpha2}-alt-short" if alpha2 in SHORT else alpha2
        names = [table[key] for table in tables]
        rows.append((alpha2, alpha3, names))
        for name in [alpha2, alpha3, *names]:
            taken = owners.setdefault(fold(name), alpha2)
            assert taken == alpha2, (name, taken, alpha2)
    for alpha2, alpha3, names in rows:
        others = []
        wanted = OTHERS.get(alpha2, "").split("|")
        wanted += [table[key] for table in tables for key in table if key.startswith(f"{alpha2}-alt-")]
        wanted += [name for language in LANGUAGES for name in other_names(packages, language, alpha2)]
        for name in wanted:
            folded = fold(name)
            if not folded or (alpha2, folded) in NOT_THIS:
                continue
            taken = owners.setdefault(folded, alpha2)
            if taken != alpha2:
                print(f"left out: {name} for {alpha2}, as it is {taken}", file=sys.stderr)
            elif folded not in {fold(known) for known in [alpha2, alpha3, *names, *others]}:
                others.append(name)
        print("\t".join([alpha2, alpha3, *names, "|".join(others)]))


main()
