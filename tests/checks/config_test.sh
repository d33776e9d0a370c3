#!/usr/bin/env bash
# config/eoffice.properties is what the program's table of keys says, and is a good configuration.
set -eu
program=$1
cd "$(dirname "$0")/../.."
diff config/eoffice.properties <("$program" check-config --example) ||
  { echo "config/eoffice.properties is not what the program writes: $program check-config --example > config/eoffice.properties"; exit 1; }
"$program" check-config --config config/eoffice.properties >/dev/null
echo "the example configuration is true"
