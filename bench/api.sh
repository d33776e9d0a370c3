#!/bin/sh
# Signed-in JSON reads a second of a running office, by wrk over kept connections.
#   bench/api.sh LOGIN PASSWORD [BASE_URL] [SECONDS]
# Prints the machine first: a figure without it says nothing.
set -eu
login=${1:?usage: bench/api.sh LOGIN PASSWORD [BASE_URL] [SECONDS]}
password=${2:?usage: bench/api.sh LOGIN PASSWORD [BASE_URL] [SECONDS]}
base=${3:-http://127.0.0.1:8080}
seconds=${4:-10}
command -v wrk >/dev/null || { echo 'wrk is missing: apt-get install wrk' >&2; exit 1; }

echo "machine: $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), load $(cut -d' ' -f1-3 /proc/loadavg)"
token=$(curl -sS --fail-with-body "$base/api/v1/sessions" -H 'Content-Type: application/json' \
  -d "{\"login\": \"$login\", \"password\": \"$password\"}" | sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
[ -n "$token" ] || { echo 'sign-in failed' >&2; exit 1; }

# wrk counts answers of any status: make sure first that they are good ones.
for path in '/api/v1/documents' '/api/v1/documents?box=to_register' '/api/v1/boxes' '/api/v1/me' '/api/v1/tasks'; do
  status=$(curl -s -o /dev/null -w '%{http_code} %{size_download} bytes' -H "Authorization: Bearer $token" "$base$path")
  echo "GET $path ($status)"
  wrk -t2 -c16 -d"${seconds}s" --latency -H "Authorization: Bearer $token" "$base$path" |
    grep -E 'Requests/sec|50%|99%|Non-2xx' || true
done
