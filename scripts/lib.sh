# What scripts/run and scripts/test share. Sourced by bash.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }

# One sentence that says what went wrong and what to do; then the end.
stop() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    stop "Installing packages needs root: run this as root, or install sudo and give $(id -un) the right to use it."
  fi
}

# need_space MEGABYTES: refuses to begin what a full disk would break off.
need_space() {
  local free
  free=$(df --output=avail -m "$root" | tail -n 1 | tr -d ' ')
  [ "$free" -ge "$1" ] || stop "The disk that holds $root has $free MB free and $1 MB are needed: free some space, then run this again."
}

# missing_packages KIND...: the packages of scripts/packages.txt that are not installed.
missing_packages() {
  local kinds wanted
  kinds=$(IFS='|'; echo "$*")
  wanted=$(grep -E "^($kinds) " scripts/packages.txt | cut -d' ' -f2)
  # dpkg-query names those it does not know on stderr; the others come with their state.
  # shellcheck disable=SC2086
  comm -23 <(sort <<<"$wanted") \
    <(dpkg-query -W -f='${Package} ${db:Status-Status}\n' $wanted 2>/dev/null | awk '$2 == "installed" {print $1}' | sort)
}

install_packages() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    stop "This needs Debian 12 and its apt-get, which is not here: run it on Debian 12, or install the packages of scripts/packages.txt by hand."
  local missing
  missing=$(missing_packages "$@")
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    missing="$missing nodejs npm"
  fi
  missing=$(xargs <<<"$missing")
  [ -n "$missing" ] || return 0
  need_space 3000
  say "Installing packages: $missing"
  as_root apt-get update -q || stop "apt-get update failed: check the network and /etc/apt/sources.list, then run this again."
  # Packages that bring a service must not start it: the product starts what it needs by itself.
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
    trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends --no-remove $missing ||
    stop "apt-get could not install the packages above: read its last lines, mend that, then run this again."
  if [ "$(trap -p EXIT)" != "" ]; then
    as_root rm -f "$policy"
    trap - EXIT
  fi
}

install_assets() {
  if ! cmp -s package-lock.json node_modules/.installed-lock; then
    say "Installing the web assets (npm ci)"
    npm ci --no-audit --no-fund --loglevel=error ||
      stop "npm ci failed: check the network and the npm registry setting, then run this again."
    cp package-lock.json node_modules/.installed-lock
  fi
}

# build PRESET [--target NAME]
build() {
  local preset=$1
  shift
  need_space 1500
  say "Building ($preset)"
  if [ ! -f "build/$preset/build.ninja" ]; then
    cmake --preset "$preset" || stop "CMake could not configure the build: its message above names what is missing."
  fi
  cmake --build "build/$preset" "$@" || stop "The build failed: the first error above says where."
}
