#!/usr/bin/env python3
"""Every rule that the code cites stands in docs/rules.md, every rule there is cited, and names a test that exists."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    text = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    rows = {}
    for line in text.splitlines():
        match = re.match(r"\| R-(\d+) \|", line)
        if match:
            rows.setdefault(int(match.group(1)), line)
    code = [p for floor in ("base", "exchange", "reminder", "eoffice") for p in (ROOT / floor).rglob("*")
            if p.suffix in (".h", ".cpp")]
    tests = [p for p in (ROOT / "tests").rglob("*") if p.suffix in (".cpp", ".mjs", ".h")]
    cited = set()
    for path in code:
        cited |= {int(n) for n in re.findall(r"R-(\d+)", path.read_text(encoding="utf-8"))}
    names = set()
    for path in tests:
        for suite, name in re.findall(r"TEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)", path.read_text(encoding="utf-8")):
            names |= {f"{suite}.{name}", f"{suite}.*"}
    faults = [f"R-{n} is cited in the code and is not in docs/rules.md" for n in sorted(cited - rows.keys())]
    faults += [f"R-{n} stands in docs/rules.md and no code cites it" for n in sorted(rows.keys() - cited)]
    for number, line in sorted(rows.items()):
        wanted = re.findall(r"`(?:\w+/)?(\w+\.(?:\w+|\*))`", line.split("|")[6])
        if not wanted:
            faults.append(f"R-{number} names no test")
        faults += [f"R-{number} names {name}, which is no test" for name in wanted if name not in names]
    for fault in faults:
        print(fault)
    print(f"{len(rows)} rules, {len(faults)} faults")
    return 1 if faults or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
