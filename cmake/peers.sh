# shellcheck shell=bash
# Sourced behind packages.sh by test.sh: fetches mail servers of other people for tests/interop/mta.py, and programs that fetch
# mail. They are unpacked into build/peers/<package> and never installed: a mail server of the system would be replaced, and
# Postfix and Exim exclude each other. By hand: bash -c '. cmake/packages.sh; . cmake/peers.sh; fetch_peers'. Speaks on stderr only, and not at all when
# there is nothing to do.

# A line a package: its name, and why it is wanted.
peer_packages='
postfix               a mail server: our client delivers to it, the conformance table is checked against it
exim4-daemon-light    another one
libnss-wrapper        lets Exim find the account Debian made it look for
sasl2-bin             makes the accounts Postfix logs in
libsasl2-modules      the mechanisms it does that with
libsasl2-modules-db   where it looks the accounts up
dovecot-core          reads the Maildirs that the mock writes; a mail server, too: the table of POP3 is checked against it
dovecot-pop3d         its POP3
dovecot-imapd         its IMAP: ENVELOPE, BODYSTRUCTURE and the table of IMAP are checked against it
fetchmail             fetches from our POP3 and IMAP
getmail6              another one
mutt                  another one
isync                 mbsync: keeps a Maildir and our IMAP alike
offlineimap3          another one
python3-imaplib2      with which it speaks IMAP
python3-distro        and what it asks of the system
imapfilter            moves mail about over IMAP
libmail-imapclient-perl  a library that speaks IMAP
'

# Libraries of npm, for whom has npm: they speak IMAP as Node's programs do. Without it their tests are left out.
node_packages='imapflow@2.10.2 imap@0.8.19'

# missing_libraries PACKAGE...: the libraries that these need, directly or not, and that are not installed.
missing_libraries() {
  local known=$'\n' new found
  new=$*
  while [ -n "$new" ]; do
    # shellcheck disable=SC2086  # a list of words
    found=$(apt-cache depends --important $new | awk '$1 == "Depends:" && $2 ~ /^lib/ { print $2 }' | sort -u)
    new=''
    while read -r library _; do
      case $known in *$'\n'"$library"$'\n'*) continue ;; esac
      known+=$library$'\n'
      new+=" $library"
    done < <(missing_packages "$found")
  done
  printf '%s' "$known"
}

# unpack_peers FOLDER PACKAGE...: a folder a package; those that are there already are left alone.
unpack_peers() {
  local folder=$1 name missing=()
  shift
  for name in "$@"; do [ -d "$folder/$name" ] || missing+=("$name"); done
  [ "${#missing[@]}" -gt 0 ] || return 0
  rm -rf "$folder/new" && mkdir -p "$folder/new" || return
  # Root may read this folder, apt's own account perhaps not.
  (cd "$folder/new" && apt-get -q -o APT::Sandbox::User=root download "${missing[@]}" >&2) || return
  for name in "${missing[@]}"; do
    dpkg -x "$folder/new/${name}_"*.deb "$folder/new/$name" || return
    chmod -R ug-s "$folder/new/$name" && mv "$folder/new/$name" "$folder/$name" || return  # nobody becomes root by our copies
  done
  rm -rf "$folder/new"
}

# fetch_node_packages FOLDER: none of their scripts runs.
fetch_node_packages() {
  command -v npm >/dev/null || return 0
  # shellcheck disable=SC2086  # a list of words
  npm install --silent --ignore-scripts --no-audit --no-fund --no-save --prefix "$1" $node_packages >&2 ||
    say "The libraries of npm could not be fetched: their tests are left out."
}

# fetch_peers: needs root only when the lists of packages are absent or outdated.
fetch_peers() {
  local folder=build/peers names libraries
  ! cmp -s "$folder/complete" - <<<"$peer_packages$node_packages" || return 0
  mapfile -t names < <(awk 'NF { print $1 }' <<<"$peer_packages")
  say "These packages are fetched into $folder, and not installed:$peer_packages"
  apt-cache show "${names[@]}" >/dev/null 2>&1 || apt_get update || return
  mapfile -t libraries < <(missing_libraries "${names[@]}" | awk 'NF')
  unpack_peers "$folder" "${names[@]}" "${libraries[@]}" ||
    { apt_get update && unpack_peers "$folder" "${names[@]}" "${libraries[@]}"; } ||
    { say "The mail servers could not be fetched: see above." && return 1; }
  fetch_node_packages "$folder/npm"
  cat >"$folder/complete" <<<"$peer_packages$node_packages"
}
