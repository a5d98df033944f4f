#!/bin/sh
# Copy the running database as the base from which `pulihkan.sh` replays the archived WAL.
# Usage: cadangkan.sh, with CADANGAN set and PGUSER, PGHOST as libpq reads them. The copy appears as
# CADANGAN/dasar/<UTC of its end> only when pg_verifybackup found it whole. Keeps SIMPAN copies (7) and the WAL they
# need, deletes what is older, and prints the name of the new one.
set -eu
umask 077
dasar="$CADANGAN/dasar"
baru="$dasar/.sedang-disalin"
rm -rf "$baru"
pg_basebackup --pgdata="$baru" --format=plain --wal-method=stream --checkpoint=fast --no-password
pg_verifybackup --quiet "$baru"
nama=$(date -u +%Y%m%dT%H%M%SZ)
mv "$baru" "$dasar/$nama"

# The newest SIMPAN stay. Names are times, so their order is the order of time.
buang=$(ls -1 "$dasar" | sort -r | tail -n "+$((${SIMPAN:-7} + 1))")
for lama in $buang; do
    rm -rf "${dasar:?}/$lama"
done
tertua=$(ls -1 "$dasar" | sort | head -n 1)
perlu=$(sed -n 's/^START WAL LOCATION: .* (file \([0-9A-F]*\))$/\1/p' "$dasar/$tertua/backup_label")
pg_archivecleanup -x .gz "$CADANGAN/wal" "$perlu"
echo "$nama"
