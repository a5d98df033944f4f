"""What several worker tests stand on."""

import pytest
from klaster import klaster_baru


@pytest.fixture(scope="session")
def klaster():
    """An office's database on a cluster of its own, run as docker-compose.yml says, its reference tables filled."""
    with klaster_baru() as satu:
        satu.buat()
        satu.nyalakan()
        satu.jalankan("createdb", "kantor")
        for perintah in (["migrate", "--noinput"], ["isi_awal"]):
            done = satu.manage(*perintah)
            assert done.returncode == 0, done.stderr
        yield satu
