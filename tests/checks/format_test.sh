#!/usr/bin/env bash
# Every C++ file of ours is as clang-format 14 writes it.
set -u
cd "$(dirname "$0")/../.." || exit 1
format=$(command -v clang-format-14 || command -v clang-format) || { echo "clang-format 14 is missing"; exit 1; }
mapfile -t files < <(find base exchange reminder eoffice tests bench \( -name '*.h' -o -name '*.cpp' \) -not -path '*/node_modules/*')
[ "${#files[@]}" -gt 0 ] || { echo "no source file was found"; exit 1; }
"$format" --style=file --dry-run --Werror "${files[@]}" || exit 1
echo "${#files[@]} files are formatted"
