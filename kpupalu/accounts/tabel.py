"""The table role × act, written from the registry, as it stands in ``docs/keputusan``."""

from kpupalu.accounts.peran import HAK, PERAN

AWAL, AKHIR = "<!-- tabel: awal -->", "<!-- tabel: akhir -->"


def _label(perm: str) -> str:
    """The words of an act: its own label, or the name of the model permission."""
    from django.apps import apps

    app, _, kode = perm.partition(".")
    if HAK[perm].label:
        return HAK[perm].label
    for model in apps.get_app_config(app).get_models():
        bawaan = {f"{aksi}_{model._meta.model_name}": aksi for aksi in model._meta.default_permissions}
        if kode in bawaan:
            kata = {"add": "Menambah", "change": "Mengubah", "delete": "Menghapus", "view": "Melihat"}
            return f"{kata.get(bawaan[kode], bawaan[kode])} {model._meta.verbose_name}"
        if kode in dict(model._meta.permissions):
            return str(dict(model._meta.permissions)[kode])
    return kode


def tabel_hak() -> str:
    """The table in Markdown: one row per act, sorted by app, with the roles in the order of the registry."""
    baris = ["| Hak | Tindakan | Peran |", "|---|---|---|"]
    for perm in sorted(HAK):
        punya = ", ".join(slug for slug in PERAN if slug in HAK[perm].peran)
        baris.append(f"| `{perm}` | {_label(perm)} | {punya} |")
    return "\n".join(baris)
