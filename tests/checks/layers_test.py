#!/usr/bin/env python3
"""Reads every #include and fails on an arrow that points upward or sideways.

The floors stand in docs/architecture.md. A folder may include itself, what lies below it, and nothing
else; a library that has one door is included behind that door only.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLOORS = ["base", "exchange", "reminder", "eoffice"]

# Folder -> the folders it may include (itself aside). Order is the order of the house, ground first.
BELOW = {
    "base": [],
    "base/crypto": ["base"],
    "base/db": ["base", "base/crypto"],
    "base/blob": ["base", "base/crypto"],
    "base/http": ["base", "base/crypto", "base/blob"],
    "exchange/envelope": ["base*"],
    "exchange/signature": ["base*", "exchange/envelope"],
    "exchange/axis": ["base*", "exchange/envelope"],
    "exchange/hub": ["base*", "exchange/envelope", "exchange/axis"],
    "exchange/delivery": ["base*", "exchange/envelope", "exchange/signature", "exchange/axis"],
    "reminder": ["base*"],
    "reminder/calendar": ["base*", "reminder"],
    "reminder/tasks": ["base*", "reminder", "reminder/calendar"],
    "reminder/rules": ["base*", "reminder", "reminder/calendar", "reminder/tasks"],
    "reminder/channels": ["base*", "reminder"],
    "reminder/engine": ["base*", "reminder", "reminder/calendar", "reminder/tasks", "reminder/rules", "reminder/channels"],
    "eoffice": ["base*"],
    "eoffice/audit": ["base*", "eoffice"],
    "eoffice/directory": ["base*", "eoffice", "eoffice/audit"],
    "eoffice/signing": ["base*", "eoffice"],
    "eoffice/search": ["base*", "eoffice"],
    "eoffice/print": ["base*", "eoffice"],
    "eoffice/mailbox": ["base*", "eoffice"],
    "eoffice/intake": ["base*", "eoffice", "eoffice/signing"],
    "eoffice/drafting": ["base*", "eoffice", "eoffice/signing"],
    "eoffice/documents": ["base*", "exchange*", "reminder*", "eoffice", "eoffice/audit", "eoffice/directory",
                          "eoffice/signing", "eoffice/search", "eoffice/print", "eoffice/mailbox",
                          "eoffice/intake", "eoffice/drafting"],
    "eoffice/records": ["base*", "reminder*", "eoffice", "eoffice/audit", "eoffice/directory", "eoffice/signing",
                        "eoffice/print", "eoffice/documents"],
    "eoffice/api": ["base*", "exchange*", "reminder*", "eoffice", "eoffice/audit", "eoffice/directory",
                    "eoffice/signing", "eoffice/search", "eoffice/print", "eoffice/mailbox", "eoffice/intake",
                    "eoffice/drafting", "eoffice/documents", "eoffice/records", "eoffice/web"],
    "eoffice/web": ["base*", "exchange*", "reminder*", "eoffice", "eoffice/audit", "eoffice/directory",
                    "eoffice/signing", "eoffice/search", "eoffice/print", "eoffice/mailbox", "eoffice/intake",
                    "eoffice/drafting", "eoffice/documents", "eoffice/records"],
    "eoffice/app": ["base*", "exchange*", "reminder*", "eoffice*"],
}

# Library header -> the folders that are its door.
DOORS = {
    r"^(mysql_|cppconn/)": ["base/db"],
    r"^xmlsec/": ["exchange/signature"],
    r"^libxml/": ["exchange/envelope", "exchange/signature", "exchange/axis", "exchange/hub", "exchange/delivery",
                  "eoffice/records"],
    r"^podofo/": ["eoffice/signing"],
    r"^poppler/": ["eoffice/signing"],
    r"^xapian": ["eoffice/search"],
    r"^(pango/|cairo)": ["eoffice/print"],
    r"^xlsxwriter": ["eoffice/print"],
    r"^curl/": ["eoffice/mailbox"],
    r"^Poco/Net/": ["base/http", "exchange/axis", "reminder/channels"],
    r"^sodium": ["base/crypto"],
    r"^kainjow/": ["base"],
    r"^prometheus/": ["base"],
}

# Third-party headers that our own headers may show: vocabulary (docs/adr/0001-vocabulary-types.md).
VOCABULARY = re.compile(r"^(tl/expected\.hpp|nlohmann/json(_fwd)?\.hpp)$")
THIRD_PARTY = re.compile(r"^(mysql_|cppconn/|xmlsec/|libxml/|podofo/|poppler/|Poco/|openssl/|sodium|zip\.h|fmt/|nlohmann/|"
                         r"kainjow/|prometheus/|utf8proc|date/|CLI/|tl/|magic\.h|xapian|pango/|cairo|xlsxwriter|curl/)")


def allowed(folder, target):
    if target == folder:
        return True
    for rule in BELOW.get(folder, []):
        if rule.endswith("*"):
            if target == rule[:-1] or target.startswith(rule[:-1] + "/"):
                return True
        elif target == rule:
            return True
    return False


def faults(root=ROOT):
    found = []
    files = [p for floor in FLOORS for p in sorted((root / floor).rglob("*")) if p.suffix in (".h", ".cpp")]
    for path in files:
        name = path.relative_to(root).as_posix()
        folder = path.parent.relative_to(root).as_posix()
        if folder not in BELOW:
            found.append(f"{name}: the folder {folder} has no floor in tests/checks/layers_test.py")
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = re.match(r'\s*#\s*include\s+["<]([^">]+)[">]', line)
            if not match:
                continue
            target = match.group(1)
            at = f"{name}:{number}: includes {target}"
            if target.split("/")[0] in FLOORS:
                if not (root / target).is_file():
                    found.append(f"{at}, which does not exist")
                elif not allowed(folder, str(pathlib.PurePosixPath(target).parent)):
                    found.append(f"{at}: {folder} must not know of {pathlib.PurePosixPath(target).parent}")
                continue
            for pattern, doors in DOORS.items():
                if re.match(pattern, target) and folder not in doors:
                    found.append(f"{at}: that library's door is {', '.join(doors)}")
            if path.suffix == ".h" and THIRD_PARTY.match(target) and not VOCABULARY.match(target):
                if not name.endswith("_internal.h"):
                    found.append(f"{at}: a third-party type in a header; hide it, or name the header *_internal.h")
    return found, len(files)


def internal_headers_stay_home(root=ROOT):
    found = []
    for path in [p for floor in FLOORS for p in sorted((root / floor).rglob("*")) if p.suffix in (".h", ".cpp")]:
        folder = path.parent.relative_to(root).as_posix()
        for target in re.findall(r'#\s*include\s+"([^"]+_internal\.h)"', path.read_text(encoding="utf-8")):
            if str(pathlib.PurePosixPath(target).parent) != folder:
                found.append(f"{path.relative_to(root)}: includes {target}, which is internal to its folder")
    return found


def main():
    found, count = faults()
    found += internal_headers_stay_home()
    for line in found:
        print(line)
    if count == 0:
        print("no source file was found")
    print(f"{count} files read, {len(found)} faults")
    return 1 if found or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
