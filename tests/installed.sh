#!/usr/bin/env bash
# installed.sh DEB: as root inside a minimal system without compilers, for example of debootstrap --variant=minbase: installs the
# package with what it depends on, and tries what it brought. Stops at the first thing that fails.
#
#   tests/other_system.sh bookworm -- tests/installed.sh FILE.deb     with the package copied into the tree, out of build/
set -euo pipefail
deb=$(realpath "$1")
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

# Minimal systems leave documentation out; man pages are a part of what is tried.
rm -f /etc/dpkg/dpkg.cfg.d/*docker* /etc/dpkg/dpkg.cfg.d/excludes
apt-get -q -y update
apt-get -q -y install --no-install-recommends "$deb" man-db

! command -v g++ >/dev/null || { echo "there is a compiler here: this proves nothing" >&2; exit 1; }

# has TEXT COMMAND...: what the command prints holds the text.
has() {
  local text=$1 said
  shift
  said=$("$@" 2>&1) || { printf '%s\n' "$said" "failed: $*" >&2; exit 1; }
  [[ $said == *"$text"* ]] || { printf '%s\n' "$said" "does not hold '$text': $*" >&2; exit 1; }
  printf 'good: %s\n' "$*"
}

export MANPAGER=cat MANWIDTH=80
has 'S: 553 authentication is required,163' smtplab step netease/auth-required --auto
has 'smtplab step netease/auth-required' man smtplab
has '--ports-file' man smtplab-mock
has 'Ask for a fault by address' man smtplab-scenario
has '用法' env LC_ALL=C.UTF-8 man -L zh_CN smtplab
has 'step' bash -c '. /usr/share/bash-completion/completions/smtplab
  COMP_WORDS=(smtplab st) COMP_CWORD=1 && _smtplab && printf "%s\n" "${COMPREPLY[@]}"'
has 'full-mailbox.toml: ok' smtplab scenarios check /usr/share/doc/smtplab/examples/full-mailbox.toml

# The server, by hand of bash.
smtplab-mock --smtp 0 --ports-file /tmp/ports.json --once >/dev/null &
mock=$!
while [ ! -e /tmp/ports.json ] && kill -0 "$mock"; do sleep 0.05; done
port=$(tr -dc 0-9 </tmp/ports.json)
exec 3<>"/dev/tcp/127.0.0.1/$port"
read -r greeting <&3
printf 'QUIT\r\n' >&3
exec 3>&-
wait "$mock"
[[ $greeting == 220* ]] || { echo "no greeting: $greeting" >&2; exit 1; }
echo "good: smtplab-mock"

apt-get -q -y purge smtplab
! command -v smtplab >/dev/null || { echo "purged, and still there" >&2; exit 1; }
echo "Everything that was installed works."
