#!/usr/bin/env python3
"""Cuts Inter down to what the program writes, with tabular figures as the default figures.

    make_fonts.py --inter FOLDER --out FOLDER

The canvas draws text with stb_truetype, which knows no OpenType features: figures of equal width, which every table
of dates and prices needs, are therefore put in place of the proportional ones in the character map itself.
"""
import argparse
import pathlib

from fontTools import subset
from fontTools.ttLib import TTFont

WEIGHTS = {"400": "400Regular/Inter_400Regular.ttf", "500": "500Medium/Inter_500Medium.ttf",
           "600": "600SemiBold/Inter_600SemiBold.ttf"}
RANGES = [
    (0x0020, 0x007E), (0x00A0, 0x00FF), (0x0100, 0x017F),  # Latin, Latin-1, Extended-A (w and y circumflex)
    (0x0218, 0x021B), (0x1E80, 0x1E85), (0x1EF2, 0x1EF3),  # Romanian, and the rest of Welsh
    (0x2010, 0x2027), (0x202F, 0x202F), (0x2030, 0x203A), (0x2044, 0x2044),  # punctuation, fraction slash
    (0x2070, 0x209F), (0x20A0, 0x20BF),  # super- and subscripts, currency
    (0x2116, 0x2116), (0x2122, 0x2122), (0x2150, 0x215E),
    (0x2190, 0x2199), (0x21A9, 0x21AA), (0x21B5, 0x21B5), (0x21E7, 0x21E7), (0x2318, 0x2318), (0x2325, 0x2325),
    (0x2212, 0x2212), (0x221E, 0x221E), (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265),
    (0x25A0, 0x25FF), (0x2605, 0x2606), (0x2713, 0x2717), (0xFFFD, 0xFFFD),
]


def substitutions(font: TTFont, feature: str) -> dict:
    """Every one-for-one substitution of an OpenType feature, as glyph name -> glyph name."""
    gsub = font["GSUB"].table
    lookups = {index for record in gsub.FeatureList.FeatureRecord if record.FeatureTag == feature
               for index in record.Feature.LookupListIndex}
    mapping = {}
    for index in sorted(lookups):
        for table in gsub.LookupList.Lookup[index].SubTable:
            table = getattr(table, "ExtSubTable", table)
            mapping.update(getattr(table, "mapping", {}))
    return mapping


def make_figures_tabular(font: TTFont) -> None:
    tabular = substitutions(font, "tnum")
    for table in font["cmap"].tables:
        if table.isUnicode():
            # Figures only: the face has tabular hyphens and points as well, which tear words apart.
            for code in range(ord("0"), ord("9") + 1):
                if code in table.cmap:
                    table.cmap[code] = tabular.get(table.cmap[code], table.cmap[code])
    widths = {font["hmtx"][font.getBestCmap()[code]][0] for code in range(ord("0"), ord("9") + 1)}
    if len(widths) != 1:
        raise SystemExit(f"make_fonts.py: the figures are not of one width: {sorted(widths)}")


def cut(source: pathlib.Path, target: pathlib.Path) -> None:
    font = TTFont(source)
    make_figures_tabular(font)
    options = subset.Options()
    options.layout_features = ["kern"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]  # the names and the licence stay with the font
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    cutter.subset(font)
    font.save(target)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--inter", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for weight, name in WEIGHTS.items():
        cut(arguments.inter / name, arguments.out / f"inter-{weight}.ttf")


if __name__ == "__main__":
    main()
