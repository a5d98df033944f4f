"""Database objects the import needs besides the models; the migration runs ``BUAT`` and, backwards, ``HAPUS``."""

BUAT = r"""
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE OR REPLACE FUNCTION pdpb_baca_tanggal(teks text, urutan text, acuan date) RETURNS date
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
-- A date as senders write it: 17-08-1990 with any of - / . | and blanks, 1990-08-17, 17 Agustus 1990, 17/08/90, or
-- the serial number of a spreadsheet. NULL when it is none of these or cannot exist. *urutan* is dmy or mdy.
DECLARE
    bagian text[];
    h int; b int; t int;
BEGIN
    IF teks ~ '^[0-9]{5}$' THEN
        RETURN CASE WHEN teks::int BETWEEN 3654 AND 73050 THEN date '1899-12-30' + teks::int END;
    END IF;
    bagian := regexp_match(teks, '^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})([ T]0{1,2}:0{1,2}(:0{1,2})?)?$');
    IF bagian IS NOT NULL THEN
        t := bagian[1]; b := bagian[2]; h := bagian[3];
    ELSE
        bagian := regexp_match(teks, '^([0-9]{1,2}) *[-/.|, ] *([0-9]{1,2}) *[-/.|, ] *([0-9]{4}|[0-9]{2})$');
        IF bagian IS NOT NULL THEN
            h := bagian[1]; b := bagian[2]; t := bagian[3];
            IF urutan = 'mdy' THEN
                h := bagian[2]; b := bagian[1];
            END IF;
        ELSE
            bagian := regexp_match(lower(teks), '^([0-9]{1,2})[- /.]*([a-z]{3})[a-z]*[- /.]*([0-9]{4}|[0-9]{2})$');
            IF bagian IS NULL THEN
                RETURN NULL;
            END IF;
            h := bagian[1]; t := bagian[3];
            b := array_position(
                ARRAY['jan','feb','mar','apr','mei','jun','jul','agu','sep','okt','nov','des'], bagian[2]);
            b := coalesce(b, array_position(
                ARRAY['jan','peb','mar','apr','may','jun','jul','aug','sep','oct','nop','dec'], bagian[2]));
            IF bagian[2] = 'ags' THEN b := 8; END IF;
        END IF;
        IF t < 100 THEN
            -- A voter is no child: the latest century in which the person is seventeen on the reference day.
            t := t + CASE WHEN t + 2000 <= extract(year FROM acuan) - 17 THEN 2000 ELSE 1900 END;
        END IF;
    END IF;
    RETURN pdpb_tanggal(t, b, h);
END $$;

CREATE OR REPLACE FUNCTION pdpb_tanggal(t int, b int, h int) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN t BETWEEN 1800 AND 2999 AND b BETWEEN 1 AND 12 AND h >= 1 AND h <= CASE
        WHEN b IN (4, 6, 9, 11) THEN 30
        WHEN b <> 2 THEN 31
        WHEN t % 4 = 0 AND (t % 100 <> 0 OR t % 400 = 0) THEN 29
        ELSE 28
    END THEN make_date(t, b, h) END
$$;
"""

HAPUS = """
DROP FUNCTION IF EXISTS pdpb_baca_tanggal(text, text, date);
DROP FUNCTION IF EXISTS pdpb_tanggal(int, int, int);
"""


def mentah(batch: int, kelompok: int) -> str:
    """The unlogged table that holds the received cells of one header layout of one batch."""
    return f"pdpb_mentah_{int(batch)}_{int(kelompok)}"


def siap(batch: int) -> str:
    """The unlogged table that holds the normalised rows of one batch and what their checks found."""
    return f"pdpb_siap_{int(batch)}"


def padan(batch: int) -> str:
    """The unlogged table that says which version of the roll each row of one batch belongs to."""
    return f"pdpb_padan_{int(batch)}"


def tempat(batch: int) -> str:
    """The table of the distinct areas of one batch and what they mean."""
    return f"pdpb_tempat_{int(batch)}"


def tambahan(batch: int) -> str:
    """The table of findings of one batch that look at more than one row."""
    return f"pdpb_tambahan_{int(batch)}"


def usul(batch: int) -> str:
    """The table of what each row of a list of changes proposes."""
    return f"pdpb_usul_{int(batch)}"
