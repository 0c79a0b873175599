#!/usr/bin/env bash
# run.sh SECONDS: fuzzes every target of the fuzz preset, SECONDS in all, several at once; fails on any finding.
# What it learns stays in build/fuzz/corpus; an input that does harm is printed and belongs into tests/fuzz/corpus/<name>.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:?usage: run.sh SECONDS}
jobs=$(nproc)

# fuzz_one NAME SECONDS
fuzz_one() {
  local name=$1 share=$2 target=build/fuzz/tests/fuzz/$1_fuzz learned=build/fuzz/corpus/$1 findings=build/fuzz/findings/$1
  local options=(-max_total_time="$share" -timeout=5 -rss_limit_mb=1024 -max_len=20000 -verbosity=0 -print_final_stats=1)
  [ ! -e "tests/fuzz/$name.dict" ] || options+=(-dict="tests/fuzz/$name.dict")
  rm -rf "$findings"
  mkdir -p "$learned" "$findings"
  if "$target" "${options[@]}" -artifact_prefix="$findings/" "$learned" "tests/fuzz/corpus/$name" >"$findings/log" 2>&1; then
    echo "  $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$findings/log") inputs in $share s, nothing found"
    return
  fi
  cat "$findings/log"
  for input in "$findings"/*-*; do
    [ -e "$input" ] || continue
    echo "  $name: $input"
    od -A d -t x1z "$input" | head -20
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
share=$((seconds * jobs / ${#names[@]}))
[ "$share" -ge 1 ] || share=1
printf '%s\n' "${names[@]}" | xargs -P "$jobs" -I NAME bash -euo pipefail -c "fuzz_one NAME $share"
