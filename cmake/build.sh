# shellcheck shell=bash
# Sourced by run.sh and test.sh: configuring and building a preset. Speaks on stderr only, and not at all when there is
# nothing to do.

# Shows ninja's progress: one line that changes on a terminal, a line a step elsewhere; errors in full.
progress() {
  local line shown=0 width
  width=$(stty size <&2 2>/dev/null || echo 24 80)
  width=${width#* }
  while IFS= read -r line; do
    case $line in
      'ninja: no work to do.' | 'ninja: Entering directory'* | *'Re-checking globbed directories'* | '-- '*) ;;
      \[*)
        if [ -t 2 ]; then
          printf '\r\033[K%.*s' "$((width - 1))" "$line" >&2
          shown=1
        else
          printf '%s\n' "$line" >&2
        fi
        ;;
      *)
        [ "$shown" -eq 0 ] || printf '\n' >&2
        shown=0
        printf '%s\n' "$line" >&2
        ;;
    esac
  done
  [ "$shown" -eq 0 ] || printf '\r\033[K' >&2
}

# build_preset PRESET FOLDER TARGET...   FOLDER is the preset's binaryDir.
build_preset() {
  local preset=$1 folder=$2 fresh=()
  shift 2
  if [ -e "$folder/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "$folder/CMakeCache.txt"; then
    fresh=(--fresh)  # the tree was moved or copied together with its build
  fi
  if [ ! -e "$folder/build.ninja" ] || [ "${#fresh[@]}" -gt 0 ]; then
    printf 'Configuring %s\n' "$folder" >&2
    mkdir -p "$folder"
    cmake --preset "$preset" "${fresh[@]}" >"$folder/configure.log" 2>&1 || { cat "$folder/configure.log" >&2; return 1; }
  fi
  ninja -C "$folder" "$@" 2>&1 | progress
}
