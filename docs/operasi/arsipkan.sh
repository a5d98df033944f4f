#!/bin/sh
# archive_command of PostgreSQL: keep one finished WAL segment outside the data folder.
# Usage: arsipkan.sh PATH NAME, with CADANGAN set. The segment appears under its name only when it is whole; one that
# is there already is taken as kept only if it is the same, as PostgreSQL asks.
set -eu
umask 077
tujuan="$CADANGAN/wal/$2.gz"
sementara="$CADANGAN/wal/.$2.sementara"
gzip -c -n "$1" > "$sementara"
if [ -e "$tujuan" ]; then
    gzip -dc "$tujuan" | cmp -s - "$1" || { echo "arsipkan: $2 sudah ada dengan isi lain" >&2; exit 1; }
    rm "$sementara"
    exit 0
fi
sync "$sementara"
mv "$sementara" "$tujuan"
