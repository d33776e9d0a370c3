#!/usr/bin/env bash
# A command that works for long is broken off by a signal at once, and does its work when it is called again.
set -eu
program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

exec 3< <(exec "$program" demo --directory "$folder")
demo=$!
read -r -u 3 # certificates
read -r -u 3 # the first office, with a database to be created
kill -TERM "$demo"
code=0
wait "$demo" || code=$?
[ "$code" -eq 143 ] || { echo "eoffice demo went on after SIGTERM and ended with $code"; exit 1; }
[ ! -e "$folder/prepared" ] || { echo "a demonstration that was broken off calls itself prepared"; exit 1; }

"$program" demo --directory "$folder"
[ -e "$folder/prepared" ] || { echo "the second call did not prepare the demonstration"; exit 1; }
echo "broken off at once, prepared by the second call"
