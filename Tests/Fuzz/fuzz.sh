#!/usr/bin/env bash
# Fuzzes how addresses, IP addresses and Token IDs are read, with libFuzzer and AddressSanitizer: fuzz.sh [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
swiftc -O -sanitize=fuzzer,address -parse-as-library -swift-version 6 -package-name popsec -module-name Access \
  -o "$work/fuzz" $(find Sources/Access -name '*.swift') Tests/Fuzz/FuzzAddresses.swift
mkdir "$work/corpus"
n=0
for seed in '/mx/sales?token=x&company=MX' $'portal.example.com:443\n/a/%2e%2e/b;c' $'[::1]:80\n//x' '::ffff:10.1.2.3' \
  '10.0.0.0/8' 'https://portal.example.com/a?b=c' 'pst_0123456789abcdefghijABCDEFGHIJ0123abcdef'; do
  printf '%s' "$seed" >"$work/corpus/$((n += 1))"
done
ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no "$work/fuzz" -max_total_time="${1:-60}" -max_len=2048 \
  -print_final_stats=1 "$work/corpus" 2>&1 | tail -12
