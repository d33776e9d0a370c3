#!/usr/bin/env bash
# A real mail server (OpenSMTPD) on loopback for tests: takes mail for every address and delivers it
# into one Maildir.
#
#   tests/support/smtp_server.sh PORT MAILDIR
#
# Runs in the foreground until its process is ended (TERM). Answers on 127.0.0.1:PORT when the line
# "smtp server ready" appears. Refuses for good (550) what is addressed to refused@*.
#
# Needs root, or sudo without a password: the server gives up its rights by itself. Each server has
# its own spool and socket in a mount namespace of its own; where the machine forbids that, only one
# can run at a time.
set -eu

port=$1
maildir=$2

# Who is not root cannot end a process of root's: that one ends when this one lets go of its input.
if [ "$(id -u)" -ne 0 ]; then
  sudo -n true || { echo "the mail server of the tests needs root, or sudo without a password" >&2; exit 1; }
  mkdir -p "$maildir"
  held=$(mktemp -u "${TMPDIR:-/tmp}/smtp_server.XXXXXX")
  mkfifo -m 600 "$held"
  sudo -n SMTP_SERVER_HELD=yes "$0" "$port" "$maildir" <"$held" &
  exec 3>"$held"
  rm "$held"
  trap 'exec 3>&-; wait; exit 0' TERM INT HUP
  wait
  exit 1
fi

if [ "${SMTP_SERVER_INSIDE:-}" = "" ]; then
  mkdir -p "$maildir"
  [ -d /var/spool/smtpd ] || mkdir -m 711 /var/spool/smtpd
  if unshare --mount true 2>/dev/null; then
    SMTP_SERVER_INSIDE=private exec unshare --mount --propagation private "$0" "$@"
  fi
  SMTP_SERVER_INSIDE=shared exec "$0" "$@"
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/smtp_server.XXXXXX")
if [ "$SMTP_SERVER_INSIDE" = private ]; then
  mkdir "$work/spool" "$work/run"
  chmod 711 "$work/spool"
  mount --bind "$work/spool" /var/spool/smtpd
  mount --bind "$work/run" "$(readlink -f /var/run)"
fi

# Nothing is delivered as root: the Maildir's owner, or nobody.
uid=$(stat -c %u "$maildir")
[ "$uid" != 0 ] || uid=65534
mkdir -p "$maildir/cur" "$maildir/new" "$maildir/tmp"
chown "$uid" "$maildir" "$maildir/cur" "$maildir/new" "$maildir/tmp"
chmod 755 "$work" "$maildir" "$maildir/cur" "$maildir/new" "$maildir/tmp"
# The delivering user must reach it, whatever stands above it.
reached=$maildir
if [ "$SMTP_SERVER_INSIDE" = private ]; then
  reached=$work/maildir
  mkdir "$reached"
  mount --bind "$maildir" "$reached"
fi

{
  echo "table everyone { \"@\" = \"keeper\" }"
  echo "table keepers { \"keeper\" = \"$uid:$uid:$reached\" }"
  echo "listen on 127.0.0.1 port $port"
  echo "action keep maildir \"$reached\" virtual <everyone> userbase <keepers>"
  echo "match from any for any rcpt-to regex \"^refused@\" reject"
  echo "match from any for any action keep"
} >"$work/smtpd.conf"

/usr/sbin/smtpd -d -f "$work/smtpd.conf" >"$work/log" 2>&1 &
server=$!
tidy() {
  [ "$reached" = "$maildir" ] || umount "$reached" || return 0
  rm -rf "$work"
}
stop() {
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  tidy
}
trap 'stop; exit 0' TERM INT HUP
if [ "${SMTP_SERVER_HELD:-}" = yes ]; then
  { cat >/dev/null; kill "$$" 2>/dev/null; } <&0 &
fi
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
  kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; tidy; exit 1; }
  sleep 0.1
done
echo "smtp server ready"
wait "$server" || true
cat "$work/log" >&2
tidy
exit 1
