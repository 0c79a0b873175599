#!/bin/sh
# mark_one.sh FOLDER: marks one submission; the Makefile says under which lab. What went wrong stands in MARKS/NAME.log.
name=$(basename "$1")
# shellcheck disable=SC2153 # of the Makefile
marks=$(realpath "$MARKS")
[ -s "$marks/$name.json" ] && exit 0
own=$(NAME=$name awk 'index($0, ENVIRON["NAME"] "=") == 1 { print substr($0, length(ENVIRON["NAME"]) + 2); exit }' "$PROGRAMS" 2>/dev/null)
program=${own:-$PROGRAM}

case $LAB in *.toml) LAB=$(realpath "$LAB") ;; esac
reports=$(mktemp -d)
cd "$1" || exit
# shellcheck disable=SC2086 # the words of the program
"$SMTPLAB" check "$LAB" --lang "$LANGUAGE" --report "json=$reports/json,html=$reports/html" -- $program </dev/null >"$reports/log" 2>&1
mv "$reports/log" "$marks/$name.log"
[ -s "$reports/html" ] && mv "$reports/html" "$marks/$name.html"
if [ -s "$reports/json" ]; then
  mv "$reports/json" "$marks/$name.json" # last: with it the submission is marked
  echo "marked: $name"
else
  echo "not marked: $name, see $marks/$name.log"
fi
rm -r "$reports"
