"""Does a content hold everything its template prints? Asked before anything is numbered or printed."""

import re
from typing import Any

from django.template import Context, Engine, engines

_TANDA = re.compile("⟦([^⟧]*)⟧")


class _Pencatat(Context):
    """Remembers every name that was asked for and is not there, also where the template would stay silent."""

    hilang: set[str]

    def __getitem__(self, key: Any) -> Any:
        try:
            return super().__getitem__(key)
        except KeyError:
            self.hilang.add(key)
            raise


def kunci_hilang(nama: str, isi: dict[str, Any]) -> list[str]:
    """Names that template *nama* asks for and *isi* does not have, ``kota.LP.sekarang``, sorted; [] when complete.

    The template is rendered to text, not printed. Raises TemplateDoesNotExist and what the template itself raises.
    """
    asal: Engine = engines["django"].engine  # type: ignore[attr-defined]
    mesin = Engine(
        dirs=asal.dirs,
        app_dirs=asal.app_dirs,
        loaders=None if asal.app_dirs else asal.loaders,
        libraries=asal.libraries,
        builtins=asal.builtins,
        string_if_invalid="⟦%s⟧",
    )
    konteks = _Pencatat(isi)
    konteks.hilang = set()
    teks = mesin.get_template(nama).render(konteks)
    return sorted(konteks.hilang | {satu.strip() for satu in _TANDA.findall(teks)})
