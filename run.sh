#!/usr/bin/env bash
# Builds smtplab when needed and starts it: ./run.sh [ARGUMENT...] gives the arguments to build/smtplab.
set -euo pipefail
cd "$(dirname "$0")"
# shellcheck source=cmake/packages.sh
. cmake/packages.sh
# shellcheck source=cmake/build.sh
. cmake/build.sh

need_packages "$build_packages"
build_preset release build smtplab smtplab-mock
exec build/smtplab "$@"
