#!/usr/bin/env python3
"""Writes Debian's changelog (deb-changelog(5)) of Resources/docs/CHANGELOG.md, and fails where the newest entry is not of
the version that is packaged.

usage: changelog.py CHANGELOG.md VERSION 'NAME <ADDRESS>'
"""
import datetime
import re
import sys
import textwrap


def entries(text):
    parts = re.split(r"^## (\S+) \((\d{4}-\d{2}-\d{2})\)$", text, flags=re.MULTILINE)[1:]
    for version, day, body in zip(parts[::3], parts[1::3], parts[2::3]):
        points = [" ".join(point.split()) for point in re.split(r"^- ", body, flags=re.MULTILINE)[1:]]
        yield version, datetime.date.fromisoformat(day), points


def main(path, version, maintainer):
    with open(path, encoding="utf-8") as file:
        found = list(entries(file.read()))
    if not found or found[0][0] != version:
        sys.exit(f"changelog.py: the newest entry of {path} is not of version {version}")
    for version, day, points in found:
        lines = [textwrap.fill(point, 78, initial_indent="  * ", subsequent_indent="    ") for point in points]
        date = day.strftime("%a, %d %b %Y 00:00:00 +0000")
        print(f"popsec ({version}) unstable; urgency=medium", "", *lines, "", f" -- {maintainer}  {date}", "", sep="\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
