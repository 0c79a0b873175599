#!/usr/bin/env bash
# run.sh [--quick]: builds the programs and the benchmarks, and prints every figure the design asks for. README.md says how they
# are measured. Best on a machine that does nothing else.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=../../cmake/packages.sh
. cmake/packages.sh
# shellcheck source=../../cmake/peers.sh
. cmake/peers.sh
# shellcheck source=../../cmake/build.sh
. cmake/build.sh

need_packages "$build_packages$bench_packages"
fetch_peers
# A build that was laid out before the library came knows no benchmarks.
[ ! -e build/build.ninja ] || grep -q '^build bench:' build/build.ninja || cmake --preset release >build/configure.log
build_preset release build smtplab smtplab-mock bench
export SMTPLAB_BIN=$PWD/build SMTPLAB_SOURCE=$PWD PYTHONDONTWRITEBYTECODE=1
exec python3 tests/bench/figures.py "$@"
