#!/usr/bin/env bash
# Everything that must hold before a change is good, on a clean Debian: layout, both builds, the tests under ASan and UBSan,
# those of the programs against the release build (tests/CMakeLists.txt says which run where), half a minute of fuzzing (what it
# found before is among the tests), clang-tidy.
# Stops at the first thing that fails.
set -euo pipefail
cd "$(dirname "$0")"
# shellcheck source=cmake/packages.sh
. cmake/packages.sh
# shellcheck source=cmake/build.sh
. cmake/build.sh
# shellcheck source=cmake/peers.sh
. cmake/peers.sh

passed=0
failed=0

# stage NAME COMMAND...: runs it, says how long it took, and ends everything when it fails.
stage() {
  local name=$1 begin=$SECONDS
  shift
  printf '\n== %s\n' "$name"
  if "$@"; then
    printf '== %s: passed, %d s\n' "$name" "$((SECONDS - begin))"
    return
  fi
  printf '== %s: FAILED, %d s\n\n' "$name" "$((SECONDS - begin))"
  [ "$failed" -gt 0 ] || failed=1
  printf '%d passed, %d failed\n' "$passed" "$failed"
  exit 1
}

# judged NAME COMMAND...: a stage that takes the one version of clang that judges; said where it is left out.
judged() {
  if $has_clang; then
    stage "$@"
  else
    printf '\n== %s: skipped, this system does not have clang 14 (Debian 12 has)\n' "$1"
  fi
}

# Fails when a file is not laid out as .clang-format says, and names the command that lays it out.
check_layout() {
  local files
  mapfile -t files < <(find common mockserver client scenarios tests -name '*.cpp' -o -name '*.h' | sort)
  clang-format-14 --dry-run --Werror --ferror-limit=3 "${files[@]}" && return
  echo "To lay them out: clang-format-14 -i \$(find common mockserver client scenarios tests -name '*.cpp' -o -name '*.h')"
  return 1
}

# run_ctest FOLDER [OPTION...]: runs the tests of a build and adds them to the count.
run_ctest() {
  local folder=$1 log=$1/ctest.log status=0 bad total
  shift
  ctest --test-dir "$folder" --output-on-failure --no-tests=error -j"$(nproc)" "$@" 2>&1 | tee "$log" || status=1
  read -r bad total < <(sed -n 's/.*, \([0-9]*\) tests failed out of \([0-9]*\)$/\1 \2/p' "$log" | tail -1) || { bad=1 total=1; }
  passed=$((passed + total - bad))
  failed=$((failed + bad))
  return "$status"
}

# With clang the fuzzers and the tests stand on one build of our code; without it the system's compiler makes that of the tests.
choose_sanitized() {
  has_clang=false sanitized=debug
  are_offered "$clang_packages" || return 0
  need_packages "$clang_packages"
  has_clang=true sanitized=fuzz
}

# clang-tidy takes minutes, and tests wait for each other: from here on it has what they leave of the processors.
tidy_process=''
begin_tidy() {
  (
    renice -n 19 "$BASHPID" >/dev/null
    build_preset tidy build/tidy scenarios/embedded.cpp && exec python3 cmake/tidy.py build/tidy
  ) >build/tidy.log 2>&1 &
  tidy_process=$!
}
trap '[ -z "$tidy_process" ] || kill "$tidy_process" 2>/dev/null || true' EXIT

tidy() {
  local status=0
  wait "$tidy_process" || status=$?
  tidy_process=''
  cat build/tidy.log
  return "$status"
}

need_packages "$build_packages$test_packages"
choose_sanitized
judged "layout of the sources" check_layout
stage "release build" build_preset release build smtplab smtplab-mock
stage "build with ASan and UBSan" build_preset "$sanitized" "build/$sanitized"
stage "mail servers of other people" fetch_peers
if $has_clang; then begin_tidy; fi
stage "tests with ASan and UBSan" run_ctest "build/$sanitized"
stage "tests of the programs, release build" run_ctest build -L programs
judged "fuzzing: 30 s of new inputs" tests/fuzz/run.sh 30
judged "clang-tidy" tidy
printf '\nEverything holds, in %d s.\n%d passed, %d failed\n' "$SECONDS" "$passed" "$failed"
