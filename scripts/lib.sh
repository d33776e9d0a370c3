# What scripts/run and scripts/test share. Sourced by bash.
set -euo pipefail
unset CDPATH
called_from=$PWD
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$root"

say() {
  if [ -t 1 ]; then printf '\033[1m==> %s\033[0m\n' "$*"; else printf '==> %s\n' "$*"; fi
}

# One sentence that says what went wrong and what to do; then the end.
stop() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

trap 'printf "\nStopped.\n" >&2; exit 130' INT TERM HUP

# need_space FOLDER MEGABYTES: refuses to begin what a full disk would break off.
need_space() {
  local place=$1 free
  until [ -e "$place" ]; do place=$(dirname "$place"); done
  free=$(df --output=avail -m "$place" | tail -n 1 | tr -d ' ')
  [ "$free" -ge "$2" ] || stop "The disk of $1 has $free MB free and $2 MB are needed: free some space, then run this again."
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
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then printf 'nodejs\nnpm\n'; fi
}

# What packages write must be readable for everybody, whatever the caller's umask is.
as_root() (
  umask 022
  if [ "$(id -u)" -eq 0 ]; then exec "$@"; else exec sudo "$@"; fi
)

may_be_root() {
  [ "$(id -u)" -eq 0 ] && return
  command -v sudo >/dev/null && { sudo -n true 2>/dev/null || sudo -v; }
}

install_packages() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    stop "This needs Debian 12 and its apt-get, which is not here: run it on Debian 12, or install the packages of scripts/packages.txt by hand."
  local missing policy=/usr/sbin/policy-rc.d
  missing=$(missing_packages "$@" | xargs)
  [ -n "$missing" ] || return 0
  may_be_root ||
    stop "Packages are missing and $(id -un) can install them neither as root nor by sudo: let root run \"apt-get install --no-install-recommends $missing\", then run this again."
  need_space /usr 2500
  say "Installing packages: $missing"
  as_root apt-get update -q || stop "apt-get update failed: check the network and /etc/apt/sources.list, then run this again."
  # Packages that bring a service must not start it: the product starts what it needs by itself.
  if [ ! -e "$policy" ]; then
    trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
  fi
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends --no-remove \
    -o DPkg::Lock::Timeout=300 $missing ||
    stop "apt-get could not install the packages above: read its last lines, check the network and /etc/apt/sources.list, then run this again."
  if [ "$(trap -p EXIT)" != "" ]; then
    as_root rm -f "$policy"
    trap - EXIT
  fi
}

install_assets() {
  node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' ||
    stop "Node.js $(node --version) at $(command -v node) is too old: put version 18 or newer first in PATH, or remove it and run this again."
  if ! cmp -s package-lock.json node_modules/.installed-lock; then
    need_space "$root" 300
    say "Installing the web assets (npm ci)"
    npm ci --include=dev --no-audit --no-fund --loglevel=error ||
      stop "npm ci failed: check the network and the npm registry setting, then run this again."
    cp package-lock.json node_modules/.installed-lock
  fi
}

# build PRESET MEGABYTES [--target NAME]: MEGABYTES is what a build from nothing takes.
build() {
  local preset=$1 megabytes=$2
  shift 2
  [ -e "build/$preset/eoffice" ] || need_space "$root/build" "$megabytes"
  say "Building ($preset)"
  if [ ! -f "build/$preset/build.ninja" ]; then
    cmake --preset "$preset" || stop "CMake could not configure the build: its message above names what is missing."
  fi
  cmake --build "build/$preset" "$@" && return
  need_space "$root/build" 100
  stop "The build failed: the first error above says where."
}

# prepare KINDS PRESET MEGABYTES [--target NAME]: everything that must be there before anything can run.
# One at a time in this checkout: two builds in one folder would spoil each other.
prepare() {
  need_space "$root/build" 10
  mkdir -p build && exec 9>build/.lock ||
    stop "$(id -un) cannot write $root/build: run this as $(stat -c %U .), or in a clone of your own."
  if ! flock --nonblock 9; then
    say "Waiting for another scripts/run or scripts/test to finish its build here"
    flock 9 8>&-
  fi
  # shellcheck disable=SC2086
  install_packages $1
  install_assets
  shift
  build "$@"
  exec 9>&-
}
