"""A program: reads a photo in HEIC, writes it as JPEG. `documents.heif` says why it stands alone. PURE.

Called with the most pixels that a picture may have and the seconds of processor time that it may take. Ends with
3 for a picture of more pixels and 4 for one that cannot be opened.
"""

import io
import resource
import sys

import pillow_heif


def main(max_pixels: int, seconds: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        photo = pillow_heif.open_heif(io.BytesIO(sys.stdin.buffer.read()))
        if photo.size[0] * photo.size[1] > max_pixels:
            return 3
        # Colours are those of the profile that the photo brings: wide ones would look pale without it.
        plain = photo.to_pillow().convert("RGB")
        plain.save(sys.stdout.buffer, "JPEG", quality=95, icc_profile=photo.info.get("icc_profile"))
    except Exception as error:  # noqa: BLE001 - whatever a decoder raises over a prepared file, the file is at fault
        sys.stderr.write(f"{error!r}\n")
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
