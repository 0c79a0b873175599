#!/usr/bin/env bash
# tests/other_system.sh SUITE [OPTION...]: both README commands on a fresh Debian SUITE (bookworm, trixie), from nothing.
#
#   --user              as an ordinary user with sudo, otherwise as root
#   --with PACKAGE,...  on a system where these are installed, for example exim4-daemon-light
#   --only-run          ./run.sh alone
#   --base FOLDER       keeps the bare system there, or takes the one that is there: making it is two minutes
#   -- COMMAND ARG...   this instead, in the copy of the sources, for example bash
#
# Makes the system with debootstrap in a temporary folder and enters it by pivot_root, so that user namespaces can be made in
# it as on a real machine (the kernel refuses them in a chroot). Mounts and processes are in namespaces of their own and end
# with it. It has the network of this machine: apt needs it. Takes the sources as they are in the working tree. Needs root,
# and the package debootstrap. Prints how long each command took, and how many seconds of CPU.
set -euo pipefail
source_tree=$(cd "$(dirname "$0")/.." && pwd)

usage() { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2 && exit 2; }
fail() { printf 'other_system.sh: %s\n' "$*" >&2 && exit 2; }

# Runs as the first process inside: the old system is out of reach, /proc is this one's.
inside() {
  local root=$1 as=$2 packages=$3
  shift 3
  mount --make-rprivate /
  mkdir -p "$root/old"
  for device in null zero full random urandom tty; do
    touch "$root/dev/$device" && mount --bind "/dev/$device" "$root/dev/$device"
  done
  cd "$root"
  pivot_root . old
  mount -t proc proc /proc
  mount -t sysfs -o ro sysfs /sys
  mount -t tmpfs tmpfs /tmp && chmod 1777 /tmp
  mkdir -p /dev/shm /dev/pts
  mount -t tmpfs tmpfs /dev/shm && chmod 1777 /dev/shm
  mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts /dev/pts && ln -sfn pts/ptmx /dev/ptmx
  umount -l /old && rmdir /old
  export HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
  printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d  # nothing of it starts by itself
  if [ "$as" = user ]; then packages="$packages sudo"; fi
  if [ -n "${packages// /}" ]; then
    # shellcheck disable=SC2086  # a list of words
    { apt-get -q update && apt-get -q -y install --no-install-recommends $packages; } >/tmp/packages.log 2>&1 ||
      { tail -20 /tmp/packages.log && return 1; }
  fi
  local login=(env)
  if [ "$as" = user ]; then
    useradd -m -s /bin/bash student
    printf 'student ALL=(ALL) NOPASSWD: ALL\n' >/etc/sudoers.d/student
    chown -R student: /home/smtplab
    login=(setpriv --reuid student --regid student --init-groups env HOME=/home/student USER=student LOGNAME=student)
  fi
  cd /home/smtplab
  "${login[@]}" bash -c "$(declare -f timed)"'; "$@"' inside "$@"
}

# timed COMMAND...: each of them in a shell, in turn; stops at the first that fails.
timed() {
  local command status TIMEFORMAT='%R seconds, %U + %S of CPU'
  . /etc/os-release && printf '== %s, %s, %s cores\n' "$PRETTY_NAME" "$(id -un)" "$(nproc)"
  for command in "$@"; do
    printf '== %s\n' "$command"
    status=0
    time bash -c "$command" </dev/null || status=$?
    printf '== %s: exit status %d\n' "$command" "$status"
    [ "$status" -eq 0 ] || return "$status"
  done
}

if [ "${1:-}" = --inside ]; then
  shift
  inside "$@"
  exit
fi

[ $# -ge 1 ] || usage
suite=$1 as=root packages='' base='' commands=('./run.sh' './test.sh') instead=()
shift
while [ $# -gt 0 ]; do
  case $1 in
    --user) as=user ;;
    --with) [ $# -ge 2 ] || usage; packages=${2//,/ } && shift ;;
    --only-run) commands=('./run.sh') ;;
    --base) [ $# -ge 2 ] || usage; base=$2 && shift ;;
    --) shift; [ $# -ge 1 ] || usage; instead=("$@") && break ;;
    *) usage ;;
  esac
  shift
done
[ "$(id -u)" -eq 0 ] || fail 'only root may make a system: sudo tests/other_system.sh ...'
command -v debootstrap >/dev/null || fail 'debootstrap is missing: apt-get install debootstrap'

work=$(mktemp -d)
# What is mounted on it is in another namespace, and gone with it.
trap 'rm -rf --one-file-system "$work"' EXIT
base=$(realpath -m "${base:-$work/base}")
if [ ! -e "$base/etc/debian_version" ]; then
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -1)
  printf 'Making a bare %s\n' "$suite" >&2
  mkdir -p "$base"
  debootstrap --variant=minbase "$suite" "$base" "$mirror" >"$work/debootstrap.log" 2>&1 || { tail "$work/debootstrap.log" && exit 1; }
fi

mkdir -p "$work/upper" "$work/layer" "$work/root"
enter() {
  mount -t tmpfs -o size=90% tmpfs "$work/upper"
  mkdir "$work/upper/changes" "$work/upper/work"
  mount -t overlay overlay -o "lowerdir=$base,upperdir=$work/upper/changes,workdir=$work/upper/work" "$work/root"
  cp --remove-destination /etc/resolv.conf "$work/root/etc/resolv.conf"
  mkdir -p "$work/root/home/smtplab"
  git -C "$source_tree" ls-files -z --cached --others --exclude-standard |
    tar -C "$source_tree" --null --ignore-failed-read -T - -cf - 2>/dev/null | tar -C "$work/root/home/smtplab" --no-same-owner -xf -
  cp "$source_tree/tests/other_system.sh" "$work/root/usr/local/sbin/other_system.sh"
  if [ "${#instead[@]}" -gt 0 ]; then set -- "${instead[@]}"; else set -- timed "${commands[@]}"; fi
  exec unshare --pid --fork --kill-child --mount-proc=/proc \
    bash "$work/root/usr/local/sbin/other_system.sh" --inside "$work/root" "$as" "$packages" "$@"
}
export work base source_tree as packages
unshare --mount --ipc --uts bash -c "$(declare -p instead commands); $(declare -f enter); set -euo pipefail; enter" &
child=$!
trap 'kill $child 2>/dev/null || true; wait $child 2>/dev/null || true; rm -rf --one-file-system "$work"' EXIT
wait "$child"
