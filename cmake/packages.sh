# shellcheck shell=bash disable=SC2034  # the tables are for those who source this
# Sourced by run.sh and test.sh: the Debian packages we stand on, and how missing ones get here. Speaks on stderr only.

# A line a package: its name, and why it is wanted.
build_packages='
g++                   compiles the programs
cmake                 lays out the build
ninja-build           runs the build
pkgconf               finds the libraries
python3               builds the scenarios into the programs, checks the dependency rules
libuv1-dev            sockets, timers and signals
libmbedtls-dev        TLS
libncurses-dev        the screen
libexpected-dev       results that are a value or an error
libtomlplusplus-dev   reads scenarios
nlohmann-json3-dev    writes and reads JSON
libgmime-3.0-dev      composes and reads messages
libre2-dev            regular expressions in scenarios
bubblewrap            closes the network of `smtplab run`; without it smtplab does that itself where it may
libfaketime           lets a lab in which programs wait for minutes take seconds; without it they wait
libldns-dev           reads and writes what a name server says
doctest-dev           the unit tests
'
# One version judges, so that two machines agree: Debian 12 has it. A system without it leaves out what it is for.
clang_packages='
clang-14              fuzzing
libclang-rt-14-dev    the fuzzer and its sanitizers
clang-format-14       checks the layout of the sources
clang-tidy-14         finds suspicious code
'
test_packages='
swaks                 a real client that sends mail to the mock
libnet-ssleay-perl    lets it speak TLS
libauthen-sasl-perl   lets it log in with CRAM-MD5; Net::SMTP, too, a client that comes with perl
libdigest-hmac-perl   what CRAM-MD5 is made of there
libio-socket-ssl-perl lets Net::SMTP speak TLS
curl                  another client
msmtp                 another one
s-nail                a mail program that composes what it sends
openssl               reads our certificates, makes others, and speaks TLS by hand
inetutils-telnet      a person who types SMTP by hand
netcat-openbsd        another one
python3-jsonschema    validates scenario files against their schema
tmux                  a terminal for the screen to be seen in
nodejs                runs the clients in JavaScript; those in Java and Go are left out where there is no javac, no go
libssl-dev            TLS for the client in C
'
bench_packages='
libbenchmark-dev      measures the core
openssl               a TLS server to compare with, and a client that only shakes hands
'

say() { printf '%s\n' "$*" >&2; }

# missing_packages TABLE: the lines of the table whose packages are not installed.
missing_packages() {
  local names installed
  mapfile -t names < <(awk 'NF { print $1 }' <<<"$1")
  installed=" $(dpkg-query -W -f '${db:Status-Status} ${Package} ' "${names[@]}" 2>/dev/null || true)"
  awk -v installed="$installed" 'NF && index(installed, " installed " $1 " ") == 0' <<<"$1"
}

# apt-get as root, never asking anything. Without a terminal sudo must not ask for a password either.
apt_get() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo)
    [ -t 0 ] || as_root+=(-n)
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 "$@" </dev/null >&2
}

# are_offered TABLE: whether this system has all of the packages in it, installed or to be had.
are_offered() {
  local names
  mapfile -t names < <(missing_packages "$1" | awk '{ print $1 }')
  [ "${#names[@]}" -gt 0 ] || return 0
  apt-cache show libc6 >/dev/null 2>&1 || apt_get update  # no lists are there
  apt-cache show "${names[@]}" >/dev/null 2>&1
}

# need_packages TABLE: returns when everything in the table is installed; exits with 2 when that cannot be done here.
need_packages() {
  local missing names
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    say "This is not Debian or Ubuntu. Install what these packages hold, then run CMake by hand (README.md):"
    say "$1"
    exit 2
  fi
  missing=$(missing_packages "$1")
  [ -n "$missing" ] || return 0
  say "These packages are missing and will be installed:"
  say "$missing"
  mapfile -t names < <(awk '{ print $1 }' <<<"$missing")
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    say "Only root may install them, and there is no sudo. As root: apt-get install ${names[*]}"
    exit 2
  fi
  # Lists that are absent or outdated are fetched; otherwise that time is saved.
  apt-cache show "${names[@]}" >/dev/null 2>&1 || apt_get update
  apt_get install --no-install-recommends "${names[@]}" ||
    { apt_get update && apt_get install --no-install-recommends "${names[@]}"; } ||
    { say "The packages could not be installed: see above. By hand: apt-get install ${names[*]}" && exit 2; }
}
