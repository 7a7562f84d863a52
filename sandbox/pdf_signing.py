"""One more signature in a PDF, by pyHanko; imported only when somebody signs, for it takes long to load."""

import io

from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.signers import PdfSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

# Hexadecimal digits for a signature with two certificates. pyHanko would sign once more to see how many it takes.
ROOM = 16384


def sign(pdf: bytes, *, certificate: bytes, key: bytes, issuer: bytes) -> bytes:
    """Signs in the first empty signature field or in a new one. Raises ValueError for what is no sound PDF.

    The certificates and the key (PKCS 8) are in DER.
    """
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(certificate),
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=SimpleCertificateStore.from_certs([x509.Certificate.load(issuer)]),
    )
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        empty = [name for name, value, _field in enumerate_sig_fields(writer.prev) if value is None]
        field = empty[0] if empty else f"Imza{len(pdf)}"
        out = io.BytesIO()
        PdfSigner(PdfSignatureMetadata(field_name=field, md_algorithm="sha256"), signer).sign_pdf(
            writer, output=out, bytes_reserved=ROOM
        )
    except PdfError as error:
        raise ValueError(str(error)) from error
    return out.getvalue()
