from django.apps import AppConfig
from django.core.checks import Warning as Peringatan
from django.core.checks import register
from django.forms import Field

from kpupalu.ui import menu


def butir_tanpa_alamat(app_configs, **kwargs) -> list[Peringatan]:
    """ui.W001: a menu entry that leads nowhere is left out of the page, so somebody must be told."""
    return [
        Peringatan(f"Menu '{b.kelompok} / {b.label}' menunjuk {b.url_name!r} yang tidak ada.", id="ui.W001")
        for b in menu.semua_butir()
        if menu.alamat(b) is None
    ]


class UiConfig(AppConfig):
    name = "kpupalu.ui"
    verbose_name = "Halaman"

    def ready(self) -> None:
        # The kernel apps below this layer may not import it; their entries are registered for them.
        menu.daftarkan("Beranda", "Beranda", "beranda", urutan=0)
        menu.daftarkan("Surat", "Surat masuk", "surat:masuk_daftar", perm="surat.baca_surat", urutan=10)
        menu.daftarkan("Surat", "Surat keluar", "surat:keluar_daftar", perm="surat.baca_surat", urutan=20)
        menu.daftarkan("Surat", "Rapat", "rapat:daftar", perm="rapat.lihat_rapat", urutan=30)
        menu.daftarkan("Administrasi", "Pekerjaan", "jobs:daftar", urutan=10)
        menu.daftarkan("Administrasi", "Naskah dinas", "naskah:daftar", urutan=20)
        menu.daftarkan("Administrasi", "Kalender", "kalender:bulan", urutan=25)
        menu.daftarkan("Administrasi", "Riwayat sistem", "audit_jejak", perm="audit.baca_jejak", urutan=30)
        menu.daftarkan("Administrasi", "Log akses", "audit_log_akses", perm="audit.baca_log_akses", urutan=40)
        menu.daftarkan("Administrasi", "Batas tercapai", "audit_batas", perm="audit.baca_jejak", urutan=50)
        menu.daftarkan("Administrasi", "Kendali", "admin:index", perm=lambda u: u.is_staff, urutan=90)
        menu.daftarkan_publik("Periksa keaslian naskah", "verifikasi")
        # Django's own words blame the field; these say what to do, on every form of the office.
        Field.default_error_messages["required"] = "Isian ini masih kosong. Isi lebih dahulu."
        register(butir_tanpa_alamat)
        from kpupalu.ui import kartu_surat  # noqa: F401 - registers cards of the kernel's own work
