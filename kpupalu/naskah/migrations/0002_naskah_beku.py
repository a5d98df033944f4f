"""What is on record stays as it was: the database refuses, whoever asks.

* a revision and a note of refusal are never changed or deleted;
* an agenda entry is never deleted, and only its *batal* mark may be set;
* a document that has its nomor keeps nomor, tanggal, judul, versi, isi and code, and is never deleted.
"""

from django.db import migrations

PASANG = """
CREATE FUNCTION naskah_tolak_ubah() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'baris % tidak boleh diubah atau dihapus', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER revisi_hanya_tambah BEFORE UPDATE OR DELETE ON naskah_revisi
    FOR EACH ROW EXECUTE FUNCTION naskah_tolak_ubah();
CREATE TRIGGER catatan_hanya_tambah BEFORE UPDATE OR DELETE ON naskah_catatanpenandatanganan
    FOR EACH ROW EXECUTE FUNCTION naskah_tolak_ubah();
CREATE TRIGGER entri_tidak_dihapus BEFORE DELETE ON naskah_entriagenda
    FOR EACH ROW EXECUTE FUNCTION naskah_tolak_ubah();
CREATE TRIGGER entri_hanya_batal BEFORE UPDATE ON naskah_entriagenda
    FOR EACH ROW WHEN (
        (OLD.buku_id, OLD.urut, OLD.nomor, OLD.tanggal, OLD.perihal, OLD.diketik, OLD.alasan, OLD.oleh_id, OLD.dibuat_pada)
        IS DISTINCT FROM
        (NEW.buku_id, NEW.urut, NEW.nomor, NEW.tanggal, NEW.perihal, NEW.diketik, NEW.alasan, NEW.oleh_id, NEW.dibuat_pada)
        OR (OLD.batal AND NOT NEW.batal)
    ) EXECUTE FUNCTION naskah_tolak_ubah();

CREATE TRIGGER naskah_bernomor_beku BEFORE UPDATE ON naskah_naskah
    FOR EACH ROW WHEN (
        OLD.nomor <> '' AND
        (OLD.nomor, OLD.tanggal, OLD.judul, OLD.versi, OLD.isi, OLD.digest_isi, OLD.kode_verifikasi, OLD.jenis_id)
        IS DISTINCT FROM
        (NEW.nomor, NEW.tanggal, NEW.judul, NEW.versi, NEW.isi, NEW.digest_isi, NEW.kode_verifikasi, NEW.jenis_id)
    ) EXECUTE FUNCTION naskah_tolak_ubah();
CREATE TRIGGER naskah_bernomor_tidak_dihapus BEFORE DELETE ON naskah_naskah
    FOR EACH ROW WHEN (OLD.nomor <> '') EXECUTE FUNCTION naskah_tolak_ubah();
"""

LEPAS = """
DROP TRIGGER naskah_bernomor_tidak_dihapus ON naskah_naskah;
DROP TRIGGER naskah_bernomor_beku ON naskah_naskah;
DROP TRIGGER entri_hanya_batal ON naskah_entriagenda;
DROP TRIGGER entri_tidak_dihapus ON naskah_entriagenda;
DROP TRIGGER catatan_hanya_tambah ON naskah_catatanpenandatanganan;
DROP TRIGGER revisi_hanya_tambah ON naskah_revisi;
DROP FUNCTION naskah_tolak_ubah();
"""


class Migration(migrations.Migration):
    dependencies = [("naskah", "0001_initial")]
    operations = [migrations.RunSQL(PASANG, LEPAS)]
