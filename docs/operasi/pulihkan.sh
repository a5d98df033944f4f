#!/bin/sh
# Bring the database back as it was at one minute: the newest copy made before it, and the archived WAL up to it.
# Usage: pulihkan.sh 'YYYY-MM-DD HH:MM[:SS]' (WITA) or pulihkan.sh terakhir, with CADANGAN and an empty PGDATA set,
# as the user who owns PGDATA, while no server runs. Afterwards PGDATA is a finished, stopped cluster on a new timeline, and
# CADANGAN/laporan-pemulihan-<UTC>.txt says from which copy, to which moment, and how long it took.
set -eu
umask 077
gagal() { echo "pulihkan: $1" >&2; exit "${2:-1}"; }

[ $# -eq 1 ] || gagal "sebutkan saat yang dituju, misalnya '2026-01-05 10:15', atau 'terakhir'" 2
case "$1" in
    terakhir | [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]\ [0-9][0-9]:[0-9][0-9]*) ;;
    *) gagal "saat '$1' tidak terbaca; tulis seperti '2026-01-05 10:15'" 2 ;;
esac
mkdir -p "$PGDATA"
[ -z "$(ls -A "$PGDATA")" ] || gagal "folder $PGDATA tidak kosong; pindahkan isinya lebih dahulu" 2
mulai=$(date +%s)

if [ "$1" = terakhir ]; then
    batas=99999999T999999Z
    sasaran=
else
    saat=$(TZ=WITA-8 date -d "$1" +%s.%N) || gagal "saat '$1' tidak ada dalam penanggalan" 2
    batas=$(date -u -d "@$saat" +%Y%m%dT%H%M%SZ)
    sasaran=$(date -u -d "@$saat" '+%Y-%m-%d %H:%M:%S.%6N+00')
fi

pilihan=
for nama in $(ls -1 "$CADANGAN/dasar" | sort); do
    if [ "$(printf '%s\n%s\n' "$nama" "$batas" | sort | head -n 1)" = "$nama" ]; then
        pilihan=$nama
    fi
done
[ -n "$pilihan" ] || gagal "tidak ada salinan dasar yang selesai sebelum saat itu" 2

cp -a "$CADANGAN/dasar/$pilihan/." "$PGDATA/"
chmod 0700 "$PGDATA"
touch "$PGDATA/recovery.signal"

# The server replays on a socket that nobody else knows and is stopped again once it is done. It archives the beginning of
# its new timeline, without which the next restore would not find the way there.
soket=$(mktemp -d)
trap 'rm -rf "$soket"' EXIT
pilih() { printf " -c \"%s\"" "$1"; }
setelan="-k $soket$(pilih listen_addresses=)$(pilih archive_mode=on)$(pilih recovery_target_action=promote)"
setelan="$setelan$(pilih "restore_command=gzip -dc '$CADANGAN/wal/%f.gz' > '%p'")"
setelan="$setelan$(pilih "archive_command=sh '$(dirname "$0")/arsipkan.sh' '%p' '%f'")"
[ -z "$sasaran" ] || setelan="$setelan$(pilih "recovery_target_time=$sasaran")"
tunggu="${BATAS_DETIK:-14400}"
pg_ctl start -D "$PGDATA" -w -t "$tunggu" -l "$PGDATA/pemulihan.log" -o "$setelan" > /dev/null \
    || gagal "server tidak dapat memutar ulang; baca $PGDATA/pemulihan.log"
while [ "$(psql -h "$soket" -d postgres -Atqc 'SELECT pg_is_in_recovery()')" != f ]; do
    pg_ctl status -D "$PGDATA" > /dev/null || gagal "saat itu tidak tercapai; baca $PGDATA/pemulihan.log"
    sleep 0.2
done
terakhir=$(psql -h "$soket" -d postgres -Atqc \
    "SELECT coalesce(to_char(pg_last_xact_replay_timestamp() AT TIME ZONE 'Asia/Makassar', 'YYYY-MM-DD HH24:MI:SS'), '-')")
pg_ctl stop -D "$PGDATA" -w -m fast > /dev/null

laporan="$CADANGAN/laporan-pemulihan-$(date -u +%Y%m%dT%H%M%SZ).txt"
{
    echo "Dari salinan dasar : $pilihan"
    echo "Saat yang dituju   : $1"
    echo "Transaksi terakhir : $terakhir WITA"
    echo "Lama pemulihan     : $(($(date +%s) - mulai)) detik"
} > "$laporan"
cat "$laporan"
