"""How much a file may take to be opened. PURE; the settings say what holds, `documents.intake.caps`."""

from dataclasses import dataclass

from confinement.serving import Limits

MEGABYTE = 1024 * 1024
TOO_MUCH = (
    "Dosya küçük görünüyor ama açılınca çok büyüyor, bu yüzden alınamadı. "
    "Belgeyi yazdırıp daha düşük çözünürlükle yeniden tarayın ve o taramayı yükleyin."
)


@dataclass(frozen=True, slots=True)
class Caps:
    """`pixels` of one picture, also of one in a PDF: an A3 scan at 600 dpi has 70 million. `unpacked`: the bytes
    of a PDF's streams without its pictures. `objects`: of a PDF. `memory` in bytes and `seconds`: of the process
    that opens the file.
    """

    pixels: int = 80_000_000
    unpacked: int = 128 * MEGABYTE
    objects: int = 100_000
    memory: int = 768 * MEGABYTE
    seconds: float = 15.0

    def limits(self, files: int = 0) -> Limits:
        return Limits(memory=self.memory, seconds=self.seconds, files=files)


CAPS = Caps()
