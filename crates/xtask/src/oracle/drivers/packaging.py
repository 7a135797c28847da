"""Answers lines of two versions with a tab between by `packaging`: < = > or ! where one is refused."""

import sys

from packaging.version import InvalidVersion, Version

for line in sys.stdin:
    left, right = line.rstrip("\n").split("\t")
    try:
        left, right = Version(left), Version(right)
        print("<" if left < right else ">" if left > right else "=")
    except (InvalidVersion, ValueError):
        # Of numbers beyond some thousand digits Python refuses to make an int.
        print("!")
