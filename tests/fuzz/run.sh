#!/usr/bin/env bash
# run.sh [SECONDS]: tries every target of the fuzz preset, several at once; fails on any finding and prints it whole.
#
# Without SECONDS: all of tests/fuzz/corpus, where every input that once did harm belongs.
# With SECONDS: so many seconds of new inputs in all, which are others each time: libFuzzer takes other ways of the same seed, too.
# What is learned stays in build/fuzz/corpus and is where the next such run begins. test.sh does this for half a minute.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1-}
jobs=$(nproc)

# fuzz_one NAME LIMIT TIMEOUT: LIMIT is the option that says when to stop; TIMEOUT what one input may take, in seconds.
fuzz_one() {
  local name=$1 target=build/fuzz/tests/fuzz/$1_fuzz learned=build/fuzz/corpus/$1 findings=build/fuzz/findings/$1 begin=$SECONDS
  local options=(-timeout="$3" -rss_limit_mb=1024 -max_len=20000 -verbosity=0 -print_final_stats=1 "$2")
  [ ! -e "tests/fuzz/$name.dict" ] || options+=(-dict="tests/fuzz/$name.dict")
  rm -rf "$findings"
  [ "$2" != -runs=0 ] || learned=$findings/none  # what a machine learned does not count
  mkdir -p "$findings" "$learned"
  if "$target" "${options[@]}" -artifact_prefix="$findings/" "$learned" "tests/fuzz/corpus/$name" >"$findings/log" 2>&1; then
    echo "  $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$findings/log") inputs in $((SECONDS - begin)) s, nothing found"
    return
  fi
  cat "$findings/log"
  for input in "$findings"/*-*; do
    [ -e "$input" ] || continue
    echo "  $name: $input"
    od -v -A d -t x1z "$input"
  done
  return 1
}
export -f fuzz_one

names=()
for source in tests/fuzz/*_fuzz.cpp; do
  [ -e "$source" ] || { echo "there are no fuzz targets" >&2; exit 1; }
  source=${source##*/}
  names+=("${source%_fuzz.cpp}")
done
limit=-runs=0
timeout=60  # the first input of a target reads what all of them need, perhaps on a busy machine
if [ -n "$seconds" ]; then
  share=$((seconds * jobs / ${#names[@]}))
  timeout=20
  limit=-max_total_time=$((share > 0 ? share : 1))  # 0 would be for ever
fi
printf '%s\n' "${names[@]}" | xargs -P "$jobs" -I NAME bash -euo pipefail -c "fuzz_one NAME $limit $timeout"
